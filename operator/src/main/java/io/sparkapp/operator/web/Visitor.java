package io.sparkapp.operator.web;

import java.util.List;
import java.util.Map;

/**
 * Who looks at the page, as the API server knows them by their token.
 *
 * @param name the user name
 * @param uid the user's id; empty when there is none
 * @param groups the user's groups
 * @param extra what else the authenticator told
 */
public record Visitor(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {

  public Visitor {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }
}
