package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.sparkapp.operator.web.AnswerException;
import io.sparkapp.operator.web.ApplicationKey;
import io.sparkapp.operator.web.OwnRights;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads events and logs with the token of whoever looks at the page. The operator's own token and
 * certificate stay out of it: it has no right to read either, and must never lend one.
 */
public final class TokenCalls implements OwnRights, AutoCloseable {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int LAST_OF_SUCCESS = 299;
  private static final int SECONDS = 20;
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST_EVENTS = 200;

  private final KubernetesClient nobody;
  private final URI server;

  /**
   * @param operator knows where the API server is, and by which authority
   */
  public TokenCalls(KubernetesClient operator) {
    Config known = operator.getConfiguration();
    Config bare =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(known.getMasterUrl())
            .withCaCertData(known.getCaCertData())
            .withCaCertFile(known.getCaCertFile())
            .withTrustCerts(known.isTrustCerts())
            .withDisableHostnameVerification(known.isDisableHostnameVerification())
            .withTlsVersions(known.getTlsVersions())
            .withHttpsProxy(known.getHttpsProxy())
            .withNoProxy(known.getNoProxy())
            .build();
    nobody = new KubernetesClientBuilder().withConfig(bare).build();
    server = URI.create(known.getMasterUrl());
  }

  @Override
  public List<Happening> events(String token, ApplicationKey application, String uid) {
    String path =
        "api/v1/namespaces/%s/events?limit=%d&fieldSelector=%s"
            .formatted(
                escaped(application.namespace()),
                MOST_EVENTS,
                escaped("involvedObject.uid=" + uid));
    EventList list = Serialization.unmarshal(get(token, path), EventList.class);
    return list.getItems().stream()
        .map(TokenCalls::happening)
        .sorted(
            Comparator.comparing(
                    Happening::last, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
                .reversed())
        .toList();
  }

  private static Happening happening(Event event) {
    ObjectReference about = event.getInvolvedObject();
    String last =
        Optional.ofNullable(event.getLastTimestamp())
            .or(() -> Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()))
            .orElse(event.getFirstTimestamp());
    return new Happening(
        event.getType(),
        event.getReason(),
        event.getMessage(),
        about.getKind() + " " + about.getName(),
        last,
        event.getCount() == null ? 1 : event.getCount());
  }

  @Override
  public String log(String token, String namespace, String pod, int lines) {
    return get(
        token,
        "api/v1/namespaces/%s/pods/%s/log?tailLines=%d&limitBytes=%d"
            .formatted(escaped(namespace), escaped(pod), lines, MOST_BYTES));
  }

  private String get(String token, String path) {
    try {
      HttpResponse<byte[]> response =
          nobody
              .getHttpClient()
              .sendAsync(
                  nobody
                      .getHttpClient()
                      .newHttpRequestBuilder()
                      .uri(server.resolve(path))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  byte[].class)
              .get(SECONDS, TimeUnit.SECONDS);
      String body = new String(response.body(), StandardCharsets.UTF_8);
      if (response.code() > LAST_OF_SUCCESS) {
        throw refusal(response.code(), body);
      }
      return body;
    } catch (ExecutionException | TimeoutException e) {
      throw AnswerException.badGateway("The API server does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerException.unavailable("The operator ends.");
    }
  }

  private static AnswerException refusal(int code, String body) {
    String sentence = "The API server refuses it: " + message(body);
    return switch (code) {
      case FORBIDDEN -> AnswerException.forbidden(sentence);
      case NOT_FOUND -> AnswerException.notFound(sentence);
      default -> AnswerException.badGateway(sentence);
    };
  }

  /** The API server's own words, if these are some. */
  private static String message(String body) {
    if (!body.startsWith("{")) {
      return body.strip();
    }
    return Optional.ofNullable(Serialization.unmarshal(body, Status.class).getMessage())
        .orElse(body);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    nobody.close();
  }
}
