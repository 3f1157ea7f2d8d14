package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A field of a manifest, which knows where it stands and whether anybody has read it. So nothing
 * can be dropped in silence: what was not read to the end is {@link #unread()}.
 */
final class Source {

  private final String path;
  private final int line;
  private final JsonNode scalar;
  private final Map<String, Source> fields = new LinkedHashMap<>();
  private final List<Source> elements = new ArrayList<>();
  private final boolean sequence;
  private boolean read;
  private boolean opened;

  private Source(String path, int line, JsonNode scalar, boolean sequence) {
    this.path = path;
    this.line = line;
    this.scalar = scalar;
    this.sequence = sequence;
  }

  static Source ofScalar(String path, int line, JsonNode value) {
    return new Source(path, line, value, false);
  }

  static Source ofMapping(String path, int line) {
    return new Source(path, line, null, false);
  }

  static Source ofSequence(String path, int line) {
    return new Source(path, line, null, true);
  }

  /** The same on another line. */
  Source movedTo(int other) {
    Source moved = new Source(path, other, scalar, sequence);
    moved.fields.putAll(fields);
    moved.elements.addAll(elements);
    return moved;
  }

  void put(String name, Source field) {
    fields.put(name, field);
  }

  void add(Source element) {
    elements.add(element);
  }

  /** As {@code spec.driver.env[0].name}. */
  String path() {
    return path;
  }

  /** Counted from 1. */
  int line() {
    return line;
  }

  boolean isMapping() {
    return scalar == null && !sequence;
  }

  boolean isSequence() {
    return sequence;
  }

  private boolean isNull() {
    return scalar != null && scalar.isNull();
  }

  /** A field of a mapping; a null is as if it were not there. */
  Optional<Source> field(String name) {
    Source field = fields.get(name);
    if (field == null) {
      return Optional.empty();
    }
    if (field.isNull() || field.isEmpty()) {
      field.read = true;
      return field.isNull() ? Optional.empty() : Optional.of(field);
    }
    field.opened = true;
    return Optional.of(field);
  }

  /** The fields of a mapping. */
  Map<String, Source> fields() {
    return fields;
  }

  /** The elements of a sequence. */
  List<Source> elements() {
    return elements;
  }

  /** The text of a scalar; empty, and unread, when it is none. */
  Optional<String> text() {
    if (scalar == null || scalar.isNull()) {
      return Optional.empty();
    }
    read = true;
    return Optional.of(scalar.asText());
  }

  /** The text of a field. */
  Optional<String> text(String name) {
    return field(name).flatMap(Source::text);
  }

  /** Whether a field is true; unread when it is no boolean. */
  Optional<Boolean> flag(String name) {
    return field(name)
        .filter(field -> field.scalar != null && field.scalar.asText().matches("true|false"))
        .flatMap(Source::text)
        .map(Boolean::parseBoolean);
  }

  /** A whole number; unread when it is none that a SparkApp can hold. */
  OptionalLong number(String name) {
    return field(name)
        .filter(field -> field.scalar != null && field.scalar.asText().matches("-?[0-9]{1,15}"))
        .flatMap(Source::text)
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }

  /** All of it, read. */
  JsonNode whole() {
    read = true;
    if (scalar != null) {
      return scalar;
    }
    if (sequence) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      elements.forEach(element -> array.add(element.whole()));
      return array;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach((name, field) -> object.set(name, field.whole()));
    return object;
  }

  /**
   * What stands at a path below, as {@code spec.containers[0].env}; this itself if there is none.
   */
  Source at(String below) {
    String wanted = path + (below.startsWith("[") || path.isEmpty() ? "" : ".") + below;
    return descendants().stream().filter(each -> each.path.equals(wanted)).findFirst().orElse(this);
  }

  private List<Source> descendants() {
    List<Source> all = new ArrayList<>();
    for (Source child : children()) {
      all.add(child);
      all.addAll(child.descendants());
    }
    return all;
  }

  /** What nobody has read; of what nobody has looked into only the root. */
  List<Source> unread() {
    if (read) {
      return List.of();
    }
    if (untouched()) {
      return List.of(this);
    }
    return children().stream().flatMap(child -> child.unread().stream()).toList();
  }

  private boolean untouched() {
    return !read && (!opened || scalar != null) && children().stream().allMatch(Source::untouched);
  }

  private boolean isEmpty() {
    return scalar == null && fields.isEmpty() && elements.isEmpty();
  }

  private Collection<Source> children() {
    return sequence ? elements : fields.values();
  }
}
