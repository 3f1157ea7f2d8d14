package io.sparkapp.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
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
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Runs the commonest commands once, against a server of its own that answers as an API server does.
 * The JVM writes the classes that this needed into an archive, from which every later start maps
 * them instead of reading and checking them again ({@code -XX:ArchiveClassesAtExit}).
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
      run("--version");
      run("--help");
      run("__complete", "--", "lo");
    } finally {
      server.stop(0);
      Files.delete(kubeconfig);
      Files.delete(directory);
    }
    System.exit(0);
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
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X509Certificate certificate = certificate(pair);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(pair, certificate)));
    server.createContext("/", Rehearsal::answer);
    String encoded = pem("CERTIFICATE", certificate.getEncoded());
    Files.writeString(
        kubeconfig,
        """
        {"apiVersion": "v1", "kind": "Config", "current-context": "rehearsal",
         "clusters": [{"name": "rehearsal", "cluster":
          {"server": "https://127.0.0.1:%d", "certificate-authority-data": "%s"}}],
         "users": [{"name": "me", "user":
          {"client-certificate-data": "%s", "client-key-data": "%s"}}],
         "contexts": [{"name": "rehearsal", "context":
          {"cluster": "rehearsal", "user": "me", "namespace": "default"}}]}
        """
            .formatted(
                server.getAddress().getPort(),
                encoded,
                encoded,
                pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
    return server;
  }

  private static X509Certificate certificate(KeyPair pair)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=rehearsal");
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(A_DAY)),
                    Date.from(now.plusSeconds(A_DAY)),
                    name,
                    pair.getPublic())
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static SSLContext tls(KeyPair pair, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry("server", pair.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
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
