package io.limpet.filter;

import jakarta.servlet.*;
import jakarta.servlet.http.HttpFilter;

public class LimpetFilter extends HttpFilter {}
