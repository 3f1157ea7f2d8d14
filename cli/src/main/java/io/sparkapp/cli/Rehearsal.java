package io.sparkapp.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sparkapp.local.RunningCluster;
import io.sparkapp.local.controlplane.ProcessIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Runs the commonest commands once, against a server of its own that answers as an API server does.
 * The JVM notes the classes that this needed ({@code -XX:DumpLoadedClassList}), and every later
 * start maps them from an archive of them instead of reading and checking them again.
 */
final class Rehearsal {

  private static final char[] PASSWORD = "rehearsal".toCharArray();
  private static final long A_DAY = 86_400;

  private static final String APP =
      """
      {"apiVersion":"sparkapp.io/v1alpha1","kind":"SparkApp",
       "metadata":{"name":"flights","namespace":"default","uid":"1","generation":1,
        "creationTimestamp":"2026-01-01T00:00:00Z"},
       "spec":{"placement":"Cluster","queue":"default","main":{"jar":"local:///a.jar","class":"A"},
        "executor":{"instances":2}},
       "status":{"phase":"Running","message":"stage 1 of 2","attempt":1,"applicationId":"flights-1",
        "started":"2026-01-01T00:00:10Z","queue":"default",
        "driver":{"pod":"flights-1-driver","address":"10.0.0.1"},
        "executors":{"asked":2,"granted":2,"running":2,"failed":0,"summary":"2/2"},
        "progress":{"jobs":{"done":0,"total":1},"stages":{"done":0,"total":2},
         "tasks":{"done":10,"total":20,"active":2,"failed":0},"percent":50,"summary":"50%",
         "active":[{"stage":0,"attempt":0,"name":"map","done":10,"active":2,"total":12}]}}}
      """;

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/apis/sparkapp.io/v1alpha1/namespaces/default/sparkapps", list("SparkAppList", APP),
          "/apis/sparkapp.io/v1alpha1/namespaces/default/sparkapps/flights", APP,
          "/apis/sparkapp.io/v1alpha1/sparkapps", list("SparkAppList", APP),
          "/apis/sparkapp.io/v1alpha1/sparkqueues", list("SparkQueueList", ""),
          "/api/v1/namespaces/default/events",
              "{\"apiVersion\":\"v1\",\"kind\":\"EventList\",\"metadata\":{},\"items\":[]}");

  private Rehearsal() {}

  /** Ends the process when the commands have run. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("sparkapp");
    Path kubeconfig = directory.resolve("kubeconfig");
    HttpsServer server = server(kubeconfig);
    server.start();
    try {
      Kubeconfigs.local(kubeconfig);
      lookForCluster(directory, kubeconfig);
      for (List<String> words :
          List.of(
              List.of("list"),
              List.of("list", "-o", "yaml"),
              List.of("status", "flights"),
              List.of("explain", "flights"),
              List.of("queues"),
              List.of("list", "--help"))) {
        rehearse(words, kubeconfig);
      }
      new HeadStart().run();
      run("--version");
      run("--help");
      run("__complete", "--", "lo");
    } finally {
      server.stop(0);
      Files.delete(kubeconfig);
      Files.deleteIfExists(directory.resolve(RunningCluster.FILE));
      Files.delete(directory);
    }
    System.exit(0);
  }

  /** As commands do that name no cluster; this process stands for the local one. */
  private static void lookForCluster(Path directory, Path kubeconfig) throws IOException {
    Files.writeString(
        directory.resolve(RunningCluster.FILE),
        """
        {"process": "%s", "started": "2026-01-01T00:00:00Z", "endpoint": "https://127.0.0.1",
         "kubeconfig": "%s", "kubectl": "kubectl", "page": "http://127.0.0.1/"}
        """
            .formatted(ProcessIdentity.ofThisProcess().toText(), kubeconfig));
    RunningCluster.in(directory).orElseThrow();
  }

  private static void rehearse(List<String> words, Path kubeconfig) {
    List<String> all = new ArrayList<>(words);
    all.add("--kubeconfig");
    all.add(kubeconfig.toString());
    run(all.toArray(String[]::new));
  }

  private static void run(String... words) {
    int code = Main.commandLine(words).execute(words);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", words) + " ended with " + code);
    }
  }

  private static HttpsServer server(Path kubeconfig)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair authority = keys();
    KeyPair pair = keys();
    X509Certificate trusted = certificate("authority", authority, "authority", authority);
    X509Certificate certificate = certificate("authority", authority, "server", pair);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(asksWho(tls(pair, certificate, trusted)));
    server.createContext("/", Rehearsal::answer);
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: rehearsal
        clusters:
        - name: rehearsal
          cluster:
            server: https://127.0.0.1:%d
            certificate-authority-data: %s
        users:
        - name: me
          user:
            client-certificate-data: %s
            client-key-data: %s
        contexts:
        - name: rehearsal
          context: {cluster: rehearsal, user: me, namespace: default}
        """
            .formatted(
                server.getAddress().getPort(),
                pem("CERTIFICATE", trusted.getEncoded()),
                pem("CERTIFICATE", certificate.getEncoded()),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
    return server;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(
      String issuer, KeyPair issuerKeys, String subject, KeyPair subjectKeys)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(A_DAY)),
                    Date.from(now.plusSeconds(A_DAY)),
                    new X500Name("CN=" + subject),
                    subjectKeys.getPublic())
                .addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(issuer.equals(subject)))
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                .build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
  }

  private static SSLContext tls(KeyPair pair, X509Certificate certificate, X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry(
        "server", pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate, trusted});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, PASSWORD);
    authorities.setCertificateEntry("authority", trusted);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** As API servers do. */
  private static HttpsConfigurator asksWho(SSLContext tls) {
    return new HttpsConfigurator(tls) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = tls.getDefaultSSLParameters();
        wanted.setWantClientAuth(true);
        parameters.setSSLParameters(wanted);
      }
    };
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String known = ANSWERS.get(exchange.getRequestURI().getPath());
    String text =
        known == null
            ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":404,\"message\":\"not found\"}"
            : known;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static String list(String kind, String items) {
    return "{\"apiVersion\":\"sparkapp.io/v1alpha1\",\"kind\":\"%s\",\"metadata\":{},\"items\":[%s]}"
        .formatted(kind, items);
  }

  /** As kubeconfigs have it: PEM in Base64. */
  private static String pem(String what, byte[] der) {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
