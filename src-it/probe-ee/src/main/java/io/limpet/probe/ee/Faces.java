package io.limpet.probe.ee;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.annotation.FacesConfig;

/** Switches Jakarta Faces on. */
@FacesConfig
@ApplicationScoped
public class Faces {}
