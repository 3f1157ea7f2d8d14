package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** What a merge patch (RFC 7386) would do to an object. */
final class MergePatch {

  private MergePatch() {}

  /**
   * Whether the object says already what the patch says. An empty list or object says what none
   * says.
   */
  static boolean changesNothing(JsonNode patch, JsonNode object) {
    if (patch.isObject()) {
      return patch.properties().stream()
          .allMatch(field -> changesNothing(field.getValue(), object.path(field.getKey())));
    }
    if (saysNothing(patch)) {
      return saysNothing(object);
    }
    if (patch.isIntegralNumber() && object.isIntegralNumber()) {
      // What was read and what was made here may differ in how many bits they take.
      return patch.longValue() == object.longValue();
    }
    return patch.isArray() ? sameElements(patch, object) : patch.equals(object);
  }

  /** A list replaces a list as a whole, so each element has to say no less either. */
  private static boolean sameElements(JsonNode some, JsonNode others) {
    if (!others.isArray() || some.size() != others.size()) {
      return false;
    }
    Iterator<JsonNode> other = others.elements();
    for (JsonNode element : some) {
      JsonNode beside = other.next();
      if (!changesNothing(element, beside) || !changesNothing(beside, element)) {
        return false;
      }
    }
    return true;
  }

  private static boolean saysNothing(JsonNode node) {
    return node.isNull() || node.isMissingNode() || node.isContainerNode() && node.isEmpty();
  }
}
