package io.limpet.probe.ee;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;

/** Counts how often the button of one opened page was pressed; another window counts anew. */
@Named
@ViewScoped
public class Diary implements Serializable {

    private static final long serialVersionUID = 1;

    private int entries;

    /** How often. */
    public int getEntries() {
        return entries;
    }

    /** What the button does; the view stays. */
    public void write() {
        entries++;
    }
}
