package io.limpet.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an operator writes into {@code LIMPET_SECRET}, and a seal as the proxy writes it, made anew from its description.
 *
 * @param setting one secret, or two with a comma between them, of which the first one signs
 * @param environment of a node
 * @param proxyEnvironment of the proxy
 */
public record Secret(String setting, Map<String, String> environment, Map<String, String> proxyEnvironment) {

    /** In the environment of all. */
    public Secret(String setting) {
        this(setting, Map.of("LIMPET_SECRET", setting), Map.of("LIMPET_SECRET", setting));
    }

    /** In a file of the nodes'; the proxy has it in its own. */
    public static Secret inFile(String setting, Path file) {
        return new Secret(setting, Map.of("LIMPET_SECRET_FILE", file.toString()), Map.of());
    }

    /** The value of {@code Limpet-Seal} with which a node tells its status. */
    public String seal(String path, long nowSeconds) {
        String code = mac("request", nowSeconds + "\0" + path).substring(0, 22);
        return nowSeconds + "." + mac("key", "").charAt(0) + code;
    }

    private String mac(String purpose, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(setting.split(",", 2)[0].getBytes(UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder().encodeToString(mac.doFinal((purpose + "\0" + message).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
