package org.controlroom.registry.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.controlroom.core.model.RegistryNames;
import org.jspecify.annotations.Nullable;

/** Certificates that a server may show beside those that the JVM trusts anyway. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * What trusts these certificates and all that the JVM trusts.
     *
     * @param file one or more certificates in PEM form: that of a server, or those of who issued it
     * @throws org.controlroom.spi.ControlRoomException INVALID_INPUT when the file cannot be read or holds none
     */
    public static SSLContext of(Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate each : read(file)) {
                trusted.setCertificateEntry("given-" + number++, each);
            }
            for (X509Certificate each : known()) {
                trusted.setCertificateEntry("known-" + number++, each);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw RegistryNames.invalid("certificates of " + file + ": " + e.getMessage());
        }
    }

    private static Collection<? extends Certificate> read(Path file) throws GeneralSecurityException, IOException {
        if (!Files.isRegularFile(file)) {
            throw RegistryNames.invalid("there is no file " + file.toAbsolutePath());
        }
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw RegistryNames.invalid("there is no certificate in " + file.toAbsolutePath()
                        + "; must be one or more in PEM form, each from -----BEGIN CERTIFICATE----- on");
            }
            return found;
        }
    }

    private static X509Certificate[] known() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    /** @param trusted null for what the JVM trusts */
    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
