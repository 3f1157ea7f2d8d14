package io.sparkapp.operator.kubernetes;

import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of a list.
 *
 * @param list of which it is one
 * @param token with which the page before it ended; empty for the first
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks">how
 *     lists are read in pages</a>
 */
record ListPage(Of list, Optional<String> token) {

  private static final String TOKEN = "continue=";
  private static final String SIZE = "limit=";
  private static final Pattern NEXT = Pattern.compile("\"continue\":\"([^\"]+)\"");

  /** What is after the objects of a list in JSON is shorter. */
  private static final int END = 4_096;

  /**
   * What all pages of a list have in common.
   *
   * @param parameters as they are in the address, but for the token
   */
  record Of(String path, SortedSet<String> parameters) {}

  /** The page that is asked for; empty when it is another request, or a list in one piece. */
  static Optional<ListPage> asked(String method, URI uri) {
    if (!method.equals("GET") || uri.getRawQuery() == null) {
      return Optional.empty();
    }
    SortedSet<String> parameters = new TreeSet<>(List.of(uri.getRawQuery().split("&")));
    if (parameters.stream().noneMatch(each -> each.startsWith(SIZE))) {
      return Optional.empty();
    }
    Optional<String> token = parameters.stream().filter(each -> each.startsWith(TOKEN)).findFirst();
    token.ifPresent(parameters::remove);
    return Optional.of(
        new ListPage(
            new Of(uri.getRawPath(), parameters),
            token.map(
                each ->
                    URLDecoder.decode(each.substring(TOKEN.length()), StandardCharsets.UTF_8))));
  }

  /**
   * The page after this one; empty when this is the last, or does not say so where it is looked
   * for: after the objects, as custom resources have it in JSON, or in Protocol Buffers.
   *
   * @param answer this page
   */
  Optional<ListPage> next(byte[] answer) {
    Optional<String> token = ProtobufReading.begins(answer) ? inProtobuf(answer) : inJson(answer);
    return token.map(each -> new ListPage(list, Optional.of(each)));
  }

  private static Optional<String> inProtobuf(byte[] answer) {
    try {
      return PodMessages.continued(
          ProtobufReading.object(answer, ProtobufReading.POD_LIST, MetadataLists.KIND));
    } catch (IOException e) {
      // Who reads it is told so too, and by them the user.
      return Optional.empty();
    }
  }

  private static Optional<String> inJson(byte[] answer) {
    int from = Math.max(0, answer.length - END);
    String end = new String(answer, from, answer.length - from, StandardCharsets.UTF_8);
    Matcher next = NEXT.matcher(end.substring(Math.max(0, end.lastIndexOf(']'))));
    return next.find() ? Optional.of(next.group(1)) : Optional.empty();
  }

  /**
   * Its address.
   *
   * @param other the address of another page of the list
   */
  URI address(URI other) {
    String before = other.toString();
    String parameters = String.join("&", list.parameters());
    return URI.create(
        before.substring(0, before.indexOf('?') + 1)
            + parameters
            + token.map(each -> "&" + TOKEN + HttpRequest.formURLEncode(each)).orElse(""));
  }
}
