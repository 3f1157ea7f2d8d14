package io.sparkapp.cli.submit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes manifests as people do: block style, quotes only where YAML would read another type. */
public final class ManifestWriter {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(Feature.WRITE_DOC_START_MARKER)
              .disable(Feature.SPLIT_LINES)
              .enable(Feature.MINIMIZE_QUOTES)
              .enable(Feature.LITERAL_BLOCK_STYLE)
              .stringQuotingChecker(new Quotes())
              .build());

  private static final ObjectMapper JSON = new ObjectMapper();

  private ManifestWriter() {}

  /** Documents with {@code ---} between them. */
  public static String yaml(List<? extends JsonNode> manifests) {
    return manifests.stream().map(each -> text(YAML, each)).collect(Collectors.joining("---\n"));
  }

  /** One object, or a List of several, as kubectl does. */
  public static String json(List<? extends JsonNode> manifests) {
    if (manifests.size() == 1) {
      return pretty(manifests.get(0));
    }
    var list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
    list.putArray("items").addAll(manifests);
    return pretty(list);
  }

  private static String pretty(JsonNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written.", e);
    }
  }

  private static String text(ObjectMapper mapper, JsonNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written.", e);
    }
  }

  /** YAML 1.1 and 1.2 differ in what is no text; plain is only what is text to both. */
  private static final class Quotes extends StringQuotingChecker {

    private static final long serialVersionUID = 1L;

    private static final Set<String> WORDS =
        Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private static final Pattern WORD =
        Pattern.compile(
            "(--?)?[A-Za-z_/$][A-Za-z0-9_./:@%+=,;()~$*?!-]*( [A-Za-z0-9_./:@%+=,;()~$*?!-]+)*");

    private static final Pattern AMOUNT =
        Pattern.compile("[1-9][0-9]*(ms|[smhd]|[kgtp]|[mkgt]b|[KMGT]i?)");

    @Override
    public boolean needToQuoteName(String name) {
      return needToQuoteValue(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      boolean plain =
          !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT))
              && !value.contains(": ")
              && !value.endsWith(":")
              && (WORD.matcher(value).matches() || AMOUNT.matcher(value).matches());
      return !plain;
    }
  }
}
