package io.limpet.it.launch;

/**
 * The one user whom every container knows, for applications that log in by the container's own means.
 *
 * @param name also the principal's
 * @param password in clear text
 * @param role the only one
 */
public record KnownUser(String name, String password, String role) {

    /** Who may shop. */
    public static final KnownUser ISHMAEL = new KnownUser("ishmael", "harpoon", "customer");
}
