package io.sparkapp.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What of the progress is long and seldom new. A merge patch leaves as it is what it does not name,
 * so the patches in between need not carry it.
 */
final class SettledProgress {

  private static final List<String> FIELDS = List.of("graph", "used");
  private static final String PROGRESS = "/spec/progress";

  private SettledProgress() {}

  /**
   * The patch without what is there.
   *
   * @param written the last patch, whole, that is known to have been taken; null when there is none
   */
  static JsonNode leftOut(JsonNode patch, JsonNode written) {
    List<String> settled =
        written == null
            ? List.of()
            : FIELDS.stream()
                .filter(field -> patch.at(PROGRESS).has(field))
                .filter(
                    field -> patch.at(PROGRESS).get(field).equals(written.at(PROGRESS).get(field)))
                .toList();
    if (settled.isEmpty()) {
      return patch;
    }
    ObjectNode shorter = patch.deepCopy();
    ((ObjectNode) shorter.at(PROGRESS)).remove(settled);
    return shorter;
  }
}
