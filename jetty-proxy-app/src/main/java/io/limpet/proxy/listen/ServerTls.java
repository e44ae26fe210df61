package io.limpet.proxy.listen;

import io.limpet.proxy.tls.Certificates;
import io.limpet.proxy.tls.WrongCertificateException;
import java.security.KeyStore;
import java.util.Comparator;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SniX509ExtendedKeyManager.SniSelector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's side of TLS: 1.2 and 1.3, with forward secrecy and authenticated encryption only, and the certificates as
 * they are in their files at the moment. New ones are for new connections; old connections live on.
 *
 * <p>Looks at the files once a second, on the scheduler's thread. Files that fit together badly, as in the middle of being
 * replaced, change nothing.
 */
final class ServerTls extends AbstractLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    private static final long PERIOD_MILLIS = 1_000;

    private final Certificates certificates;
    private final Rounds looks;
    private final SslContextFactory.Server ssl = new SslContextFactory.Server();
    private FileStamps seen;

    /** @throws IllegalStateException when the certificates cannot be used, which the settings' reader has ruled out */
    ServerTls(Certificates certificates, Scheduler scheduler) {
        this.certificates = certificates;
        this.looks = new Rounds(scheduler, PERIOD_MILLIS, this::look);
        this.seen = FileStamps.of(certificates.files());
        ssl.setKeyStore(load());
        ssl.setKeyStorePassword(Certificates.PASSWORD);
        ssl.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        // RFC 9325 §4.2
        ssl.setIncludeCipherSuites("TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
        ssl.setCipherComparator(HTTP2Cipher.COMPARATOR);
        ssl.setRenegotiationAllowed(false);
        ssl.setSNISelector((keyType, issuers, session, host, choice) -> {
            String alias = ssl.sniSelect(keyType, issuers, session, host, choice);
            // the JDK would take any
            return SniSelector.DELEGATE.equals(alias)
                    ? choice.stream()
                            .map(X509::getAlias)
                            .min(Comparator.naturalOrder())
                            .orElse(alias)
                    : alias;
        });
    }

    private KeyStore load() {
        try {
            return certificates.load();
        } catch (WrongCertificateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    SslContextFactory.Server factory() {
        return ssl;
    }

    @Override
    protected void doStart() {
        looks.start();
    }

    @Override
    protected void doStop() {
        looks.stop();
    }

    private void look() {
        FileStamps now = FileStamps.of(certificates.files());
        if (!now.equals(seen)) {
            seen = now;
            replace();
        }
    }

    private void replace() {
        try {
            KeyStore replacement = certificates.load();
            ssl.reload(factory -> factory.setKeyStore(replacement));
            LOG.info("new connections are shown the certificates of {} from now on", certificates.files());
        } catch (Exception e) {
            // whatever it is, the proxy goes on with what it has
            LOG.warn("the changed certificates are not used, the old ones still are: {}", e.getMessage());
        }
    }
}
