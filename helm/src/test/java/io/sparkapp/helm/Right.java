package io.sparkapp.helm;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that may be done.
 *
 * @param group the API group; empty for Kubernetes' first
 * @param resource the resource, with its subresource
 * @param name the only object that it may be done to; empty for all
 * @param verb what may be done
 */
record Right(String group, String resource, String name, String verb) {

  static Right of(String group, String resource, String verb) {
    return new Right(group, resource, "", verb);
  }

  /** Rules taken apart: however they are cut, the same rights are the same. */
  static Set<Right> in(List<PolicyRule> rules) {
    return rules.stream().flatMap(Right::in).collect(Collectors.toSet());
  }

  private static Stream<Right> in(PolicyRule rule) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            names.stream()
                                .flatMap(
                                    name ->
                                        rule.getVerbs().stream()
                                            .map(verb -> new Right(group, resource, name, verb)))));
  }

  Right onlyTo(String object) {
    return new Right(group, resource, object, verb);
  }
}
