package io.limpet.probe;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where the container sends whoever must log in, or could not. It does no steps: they are those of the page behind. */
public final class LoginPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .write(request.getServletPath() + ", post to " + response.encodeURL("j_security_check") + "\n");
    }
}
