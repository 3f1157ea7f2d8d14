package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a file.
 *
 * @param manifests to be applied, in this order
 * @param findings what was not carried over, and what else is worth to know
 */
public record Conversion(List<ObjectNode> manifests, List<Finding> findings) {

  public Conversion {
    manifests = List.copyOf(manifests);
    findings = List.copyOf(findings);
  }

  /** Both, one after the other. */
  Conversion and(Conversion other) {
    List<ObjectNode> objects = new ArrayList<>(manifests);
    objects.addAll(other.manifests);
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(other.findings);
    return new Conversion(objects, all);
  }

  /** Whether all of it was carried over. */
  public boolean isWhole() {
    return findings.stream().noneMatch(Finding::isLoss);
  }
}
