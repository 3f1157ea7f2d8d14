package io.sparkapp.e2e.k3s.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Runs as a driver and tries what a driver's token must not be good for. Every line of its output
 * is one attempt: what was tried, the API server's status code, its answer. Each argument is one
 * attempt too: a name, a method, a path and a body, divided by blanks; the body may be left out.
 */
public final class Trespass {

  private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final HttpClient http;
  private final String token;
  private final String server;

  private Trespass() throws IOException, GeneralSecurityException {
    http = HttpClient.newBuilder().sslContext(trust(ACCOUNT.resolve("ca.crt"))).build();
    token = Files.readString(ACCOUNT.resolve("token")).strip();
    server =
        "https://"
            + System.getenv("KUBERNETES_SERVICE_HOST")
            + ":"
            + System.getenv("KUBERNETES_SERVICE_PORT");
  }

  public static void main(String[] args) throws Exception {
    Trespass trespass = new Trespass();
    for (String attempt : args) {
      trespass.attempt(attempt.split(" ", 4));
    }
  }

  private void attempt(String[] parts) throws IOException, InterruptedException {
    String method = parts[1];
    String body = parts.length > 3 ? parts[3] : "";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + parts[2]))
            .header("Authorization", "Bearer " + token)
            .header(
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    System.out.println(
        parts[0] + ": " + answer.statusCode() + " " + answer.body().replaceAll("\\s+", " "));
  }

  private static SSLContext trust(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream certificate = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "cluster", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }
}
