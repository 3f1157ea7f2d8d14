package io.sparkapp.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads the documents of a YAML text with the line of each field. JSON is YAML too. */
final class YamlReader {

  private static final String MERGE = "<<";
  private static final int MOST_NODES = 200_000;

  private int nodes;

  private YamlReader() {}

  /**
   * @throws UnreadableException when it is no YAML
   */
  static List<Source> read(String text) {
    LoadSettings settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setUseMarks(true).build();
    List<Source> documents = new ArrayList<>();
    try {
      for (Node root : new Compose(settings).composeAllFromString(text)) {
        Source document = new YamlReader().source(root, "");
        if (document.isMapping() || document.isSequence() || !document.whole().isNull()) {
          documents.add(document);
        }
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new UnreadableException(line, "this is not YAML: " + e.getProblem() + ".");
    } catch (YamlEngineException e) {
      throw new UnreadableException(0, "this is not YAML: " + e.getMessage());
    }
    return documents;
  }

  private Source source(Node node, String path) {
    int line = line(node);
    if (++nodes > MOST_NODES) {
      throw new UnreadableException(line, "this is more than a manifest ever has.");
    }
    if (node.isRecursive()) {
      throw new UnreadableException(line, path + " contains itself.");
    }
    if (node instanceof MappingNode mapping) {
      Source source = Source.ofMapping(path, line);
      mapping(mapping, source);
      return source;
    }
    if (node instanceof SequenceNode sequence) {
      Source source = Source.ofSequence(path, line);
      int index = 0;
      for (Node element : sequence.getValue()) {
        source.add(source(element, path + "[" + index++ + "]"));
      }
      return source;
    }
    return Source.ofScalar(path, line, value((ScalarNode) node));
  }

  private void mapping(MappingNode mapping, Source into) {
    List<Node> merged = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new UnreadableException(line(tuple.getKeyNode()), "a field's name is a text.");
      }
      if (key.getValue().equals(MERGE)) {
        merged.add(tuple.getValueNode());
      } else if (into.fields().containsKey(key.getValue())) {
        throw new UnreadableException(line(key), key.getValue() + " is said twice.");
      } else {
        String path = into.path().isEmpty() ? key.getValue() : into.path() + "." + key.getValue();
        into.put(key.getValue(), atKey(source(tuple.getValueNode(), path), key));
      }
    }
    merged.forEach(each -> merge(each, into));
  }

  /** A block that begins below its name is looked for at its name. */
  private static Source atKey(Source value, ScalarNode key) {
    return value.movedTo(line(key));
  }

  /** As Go's YAML has it: what is said itself wins. */
  private void merge(Node from, Source into) {
    if (from instanceof SequenceNode several) {
      several.getValue().forEach(each -> merge(each, into));
    } else if (from instanceof MappingNode mapping) {
      Source source = Source.ofMapping(into.path(), line(from));
      mapping(mapping, source);
      source
          .fields()
          .forEach(
              (name, field) -> {
                if (!into.fields().containsKey(name)) {
                  into.put(name, field);
                }
              });
    } else {
      throw new UnreadableException(line(from), "<< takes a mapping.");
    }
  }

  private static JsonNode value(ScalarNode scalar) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return json.nullNode();
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return json.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      if (scalar.getTag().equals(Tag.INT)) {
        BigInteger number =
            text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o")
                    ? new BigInteger(text.substring(2), 8)
                    : new BigInteger(text);
        return number.bitLength() < 64
            ? json.numberNode(number.longValue())
            : json.numberNode(number);
      }
      if (scalar.getTag().equals(Tag.FLOAT)) {
        return json.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException e) {
      return json.textNode(text);
    }
    return json.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
