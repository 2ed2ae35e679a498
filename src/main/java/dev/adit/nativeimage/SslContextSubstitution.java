package dev.adit.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Quarkus cuts OpenSSL out of {@link SslContext}, for the Netty it ships; the newer one that Adit pins (ADR 0002) has a
 * second factory method for clients, which leads there again. Both take the way that Quarkus has left open.
 */
@TargetClass(SslContext.class)
final class SslContextSubstitution {
    private SslContextSubstitution() {}

    @Alias
    static native SslContext newClientContextInternal(
            SslProvider provider,
            Provider sslContextProvider,
            X509Certificate[] trustCertificates,
            TrustManagerFactory trust,
            X509Certificate[] chain,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keys,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig protocolNegotiation,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>[] options)
            throws SSLException;

    /** The JDK's engine has no use for startTls here, as in Netty's own code. */
    @Substitute
    static SslContext newClientContextInternal(
            SslProvider provider,
            Provider sslContextProvider,
            X509Certificate[] trustCertificates,
            TrustManagerFactory trust,
            X509Certificate[] chain,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keys,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig protocolNegotiation,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean startTls,
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentification,
            Map.Entry<SslContextOption<?>, Object>[] options)
            throws SSLException {
        return newClientContextInternal(
                provider,
                sslContextProvider,
                trustCertificates,
                trust,
                chain,
                key,
                keyPassword,
                keys,
                ciphers,
                cipherFilter,
                protocolNegotiation,
                protocols,
                sessionCacheSize,
                sessionTimeout,
                enableOcsp,
                random,
                keyStoreType,
                endpointIdentification,
                options);
    }
}
