package io.limpet.it.container;

import io.limpet.it.launch.KnownUser;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.LoginConfig;
import io.undertow.servlet.api.SecurityConstraint;
import io.undertow.servlet.api.SecurityInfo.EmptyRoleSemantic;
import io.undertow.servlet.api.WebResourceCollection;
import java.security.Principal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may see what, by {@code login-config} and {@code security-constraint}; Undertow has no realm of its own. */
final class Realm implements IdentityManager {

    /** The user who is logged in. */
    private record LoggedIn(Principal getPrincipal, Set<String> getRoles) implements Account {

        static LoggedIn as(KnownUser user) {
            return new LoggedIn(user::name, Set.of(user.role()));
        }
    }

    static void protect(DeploymentInfo info, WebXml webXml) {
        webXml.first("login-config").ifPresent(config -> {
            WebXml form = config.first("form-login-config").orElseThrow();
            info.setLoginConfig(new LoginConfig(
                    config.text("auth-method"), "limpet", form.text("form-login-page"), form.text("form-error-page")));
            info.setIdentityManager(new Realm());
        });
        for (WebXml given : webXml.all("security-constraint")) {
            SecurityConstraint constraint = new SecurityConstraint().setEmptyRoleSemantic(EmptyRoleSemantic.DENY);
            for (WebXml pages : given.all("web-resource-collection")) {
                constraint.addWebResourceCollection(
                        new WebResourceCollection().addUrlPatterns(pages.texts("url-pattern")));
            }
            given.all("auth-constraint").forEach(roles -> constraint.addRolesAllowed(roles.texts("role-name")));
            info.addSecurityConstraint(constraint);
        }
    }

    @Override
    public Account verify(Account account) {
        return account;
    }

    @Override
    public @Nullable Account verify(String name, Credential credential) {
        KnownUser user = KnownUser.ISHMAEL;
        boolean known = name.equals(user.name())
                && credential instanceof PasswordCredential given
                && Arrays.equals(given.getPassword(), user.password().toCharArray());
        return known ? LoggedIn.as(user) : null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
        return null;
    }
}
