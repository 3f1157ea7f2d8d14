package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * The user's program.
 *
 * @param jar where the driver finds the program's jar, as {@code local:///path/in/the/image.jar}
 * @param className the class whose {@code main} is called
 * @param args its arguments, handed over as they are (no shell in between)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MainProgram(
    @Required
        @Size(min = 1, max = 4096)
        @ValidationRule(
            value = "self.startsWith('local:///')",
            message =
                "spec.main.jar is a path inside the driver's image, written as"
                    + " local:///path/to/application.jar")
        @JsonPropertyDescription(
            "The program's jar inside the driver's image, as local:///path/to/application.jar.")
        String jar,
    @JsonProperty("class")
        @Required
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z_$][A-Za-z0-9_$.]*$')",
            message = "spec.main.class is the full name of a Java class, such as com.acme.Main")
        @JsonPropertyDescription("The class whose main is called, such as com.acme.Main.")
        String className,
    @JsonPropertyDescription("Arguments of main, handed over as they are: no shell reads them.")
        List<String> args) {

  public MainProgram {
    args = args == null ? List.of() : List.copyOf(args);
  }
}
