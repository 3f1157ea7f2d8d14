package io.sparkapp.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Reads lists from the API server with as little code as can be, for what is over before the
 * Kubernetes client is made. It knows the plain case alone: whatever goes otherwise than well is
 * left to that client, which tries again where that helps and says what is wrong.
 */
final class PlainReader {

  private static final int MILLIS_TO_CONNECT = 2_000;
  private static final int MILLIS_TO_READ = 10_000;
  private static final JsonFactory JSON = new JsonFactory();

  /** Half of an object's text, which nobody reads here. */
  private static final String SKIPPED = "managedFields";

  private final PlainLogin login;
  private final SSLContext tls;

  private PlainReader(PlainLogin login, SSLContext tls) {
    this.login = login;
    this.tls = tls;
  }

  /** Empty when its key is of another kind. */
  static Optional<PlainReader> of(PlainLogin login) {
    try {
      return CertificateLogin.tls(login).map(tls -> new PlainReader(login, tls));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      return Optional.empty(); // The Kubernetes client says what is wrong with it.
    }
  }

  /**
   * All items of a list, page by page.
   *
   * @param path of the list, from the server's root
   * @param selector of labels; null for all
   * @return empty when anything went wrong
   */
  Optional<List<Map<String, Object>>> items(String path, String selector) {
    List<Map<String, Object>> all = new ArrayList<>();
    String more = "";
    try {
      do {
        Map<String, Object> page = read(path + query(selector, more));
        if (!(page.get("items") instanceof List<?> items)
            || !(page.get("metadata") instanceof Map<?, ?> metadata)) {
          return Optional.empty();
        }
        items.forEach(item -> all.add(fields(item)));
        more = metadata.get("continue") instanceof String next ? next : "";
      } while (!more.isEmpty());
      return Optional.of(all);
    } catch (IOException e) {
      return Optional.empty(); // The Kubernetes client tries it too, and says what it was.
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(Object item) {
    return (Map<String, Object>) item;
  }

  private static String query(String selector, String more) {
    return "?limit="
        + ApplicationPages.PAGE
        + (selector == null ? "" : "&labelSelector=" + encoded(selector))
        + (more.isEmpty() ? "" : "&continue=" + encoded(more));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Map<String, Object> read(String path) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection)
            login
                .server()
                .resolve(login.server().getPath() + path)
                .toURL()
                .openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setConnectTimeout(MILLIS_TO_CONNECT);
    connection.setReadTimeout(MILLIS_TO_READ);
    // A login is for the server that it was given to.
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    if (login.token() != null) {
      connection.setRequestProperty("Authorization", "Bearer " + login.token());
    }
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      connection.disconnect();
      throw new IOException("HTTP " + connection.getResponseCode());
    }
    try (InputStream in = connection.getInputStream();
        JsonParser parser = JSON.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      return object(parser);
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(SKIPPED)) {
        parser.skipChildren();
      } else {
        fields.put(name, value(parser));
      }
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }
}
