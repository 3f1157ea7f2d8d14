package io.sparkapp.bench.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads applications, requests and pods, which is nearly all that the operator's caches start with,
 * as an informer does, one kind after the other, and makes nothing of it: what the API server and
 * the bytes alone take.
 */
final class BareLists {

  private static final List<String> KINDS =
      List.of(
          "/apis/sparkapp.io/v1alpha1/sparkapps",
          "/apis/sparkapp.io/v1alpha1/executorrequests",
          "/api/v1/pods");

  /** As the operator asks; of kinds that are made by a definition there is JSON only. */
  private static final String ACCEPT = "application/vnd.kubernetes.protobuf, application/json";

  /** In either form it is there as it is: JSON in Base64 that begins with its version. */
  private static final Pattern CONTINUE = Pattern.compile("eyJ2Ijoi[A-Za-z0-9_-]+=*");

  private static final int END = 1000;
  private static final int OK = 200;
  private static final int CHUNK = 1 << 16;

  private final HttpClient http;
  private final URI server;

  BareLists(KubernetesClient client) {
    Config config = client.getConfiguration();
    this.http = client.getHttpClient();
    this.server = URI.create(config.getMasterUrl());
  }

  /**
   * Reads them.
   *
   * @param page how many objects a call brings
   * @return bytes
   */
  long read(long page) throws Exception {
    long bytes = 0;
    for (String kind : KINDS) {
      bytes += read(kind, "limit=" + page);
    }
    return bytes;
  }

  private long read(String kind, String query) throws Exception {
    long bytes = 0;
    String more = query;
    while (!more.isEmpty()) {
      HttpResponse<InputStream> page =
          http.sendAsync(
                  http.newHttpRequestBuilder()
                      .uri(server.resolve(kind + "?" + more))
                      .header("Accept", ACCEPT)
                      .build(),
                  InputStream.class)
              .get();
      if (page.code() != OK) {
        throw new IOException("The API server answers a list with " + page.code());
      }
      StringBuilder ends = new StringBuilder();
      bytes += drain(page.body(), ends);
      Matcher next = CONTINUE.matcher(ends);
      more = next.find() ? query + "&continue=" + next.group() : "";
    }
    return bytes;
  }

  /**
   * @param ends is given the beginning and the end: in one of them the next page is named
   */
  private static long drain(InputStream body, StringBuilder ends) throws IOException {
    byte[] chunk = new byte[CHUNK];
    StringBuilder last = new StringBuilder();
    long bytes = 0;
    try (body) {
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        if (bytes < END) {
          ends.append(text(chunk, 0, Math.min(read, END)));
        }
        last.append(text(chunk, Math.max(0, read - END), read));
        last.delete(0, Math.max(0, last.length() - END));
        bytes += read;
      }
    }
    ends.append(last);
    return bytes;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
