package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * The user's program: a class in a jar, or a Python file.
 *
 * @param jar where the driver finds the program's jar, as {@code local:///path} in its image or an
 *     address
 * @param className the class whose {@code main} is called
 * @param python where the driver finds the Python file, as {@code local:///path} in its image or an
 *     address
 * @param args its arguments, handed over as they are (no shell in between)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.jar) != has(self.python)",
    message = "spec.main takes exactly one of jar (with class) and python")
@ValidationRule(
    value = "has(self.jar) == has(self.class)",
    message = "spec.main.class names the class of spec.main.jar whose main is called: set both")
public record MainProgram(
    @Size(min = 1, max = Location.LONGEST)
        @ValidationRule(value = Location.RULE, message = "spec.main.jar" + Location.MESSAGE)
        @JsonPropertyDescription(
            "The program's jar: local:///path/in/the/image.jar, or an address as https:// or s3a://.")
        String jar,
    @JsonProperty("class")
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z_$][A-Za-z0-9_$.]*$')",
            message = "spec.main.class is the full name of a Java class, such as com.acme.Main")
        @JsonPropertyDescription("The class whose main is called, such as com.acme.Main.")
        String className,
    @Size(min = 1, max = Location.LONGEST)
        @ValidationRule(
            value = Location.RULE + " && self.endsWith('.py')",
            message = "spec.main.python names a .py file: it" + Location.MESSAGE)
        @JsonPropertyDescription(
            "The Python file: local:///path/in/the/image.py, or an address as https:// or s3a://.")
        String python,
    @JsonPropertyDescription("Arguments of main, handed over as they are: no shell reads them.")
        List<String> args) {

  public MainProgram {
    args = args == null ? List.of() : List.copyOf(args);
  }

  /** Whether Python runs it, and Python processes beside each executor. */
  public boolean inPython() {
    return python != null;
  }
}
