package io.limpet.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Does the steps of a script, wherever it is mapped: arrival, forward's and include's target, error page. */
public final class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        EventLog.begin();
        try {
            Script.run(request, response);
        } finally {
            EventLog.end();
        }
    }
}
