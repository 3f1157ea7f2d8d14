package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The user's program: exactly one of a class in a jar, a Python file, an R file, a SQL script and a
 * Spark Connect server.
 *
 * @param jar where the driver finds the program's jar, as {@code local:///path} in its image or an
 *     address
 * @param className the class whose {@code main} is called
 * @param python where the driver finds the Python file, as {@code local:///path} in its image or an
 *     address
 * @param r where the driver finds the R file, likewise; the image has to have R and SparkR
 * @param sql where the driver finds the SQL script, likewise
 * @param sqlText a SQL script itself
 * @param connect a server for Spark Connect clients, which runs until it is ended
 * @param args the program's arguments, handed over as they are (no shell in between); of a SQL
 *     script its named parameters
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.jar), has(self.python), has(self.r), has(self.sql), has(self.sqlText),"
            + " has(self.connect)].filter(each, each).size() == 1",
    message =
        "spec.main takes exactly one of jar (with class), python, r, sql, sqlText and connect")
@ValidationRule(
    value = "has(self.jar) == has(self.class)",
    message = "spec.main.class names the class of spec.main.jar whose main is called: set both")
@ValidationRule(
    value =
        "!(has(self.sql) || has(self.sqlText)) || !has(self.args) || self.args.all(each,"
            + " each.matches('^[A-Za-z_][A-Za-z0-9_]*='))",
    message =
        "spec.main.args of a SQL script are its named parameters: write name=value, and use it as"
            + " :name")
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
    @Size(min = 1, max = Location.LONGEST)
        @ValidationRule(
            value = Location.RULE + " && self.matches('[.][rR]$')",
            message = "spec.main.r names a .r or .R file: it" + Location.MESSAGE)
        @JsonPropertyDescription(
            "An R file: local:///path/in/the/image.R, or an address. The image has to have R and SparkR.")
        String r,
    @Size(min = 1, max = Location.LONGEST)
        @ValidationRule(
            value = Location.RULE + " && self.endsWith('.sql')",
            message = "spec.main.sql names a .sql file: it" + Location.MESSAGE)
        @JsonPropertyDescription(
            "A SQL script: local:///path/in/the/image.sql, or an address as https:// or s3a://.")
        String sql,
    @Size(min = 1, max = LONGEST_SCRIPT)
        @JsonPropertyDescription(
            "A SQL script itself: statements that end with semicolons. Rows go to the driver's log.")
        String sqlText,
    @JsonPropertyDescription(
            "A Spark Connect server: it runs until it is suspended, killed or deleted.")
        ConnectSpec connect,
    @Size(max = MOST_ARGUMENTS)
        @JsonPropertyDescription(
            "Arguments of main, handed over as they are: no shell reads them. Of a SQL script name=value, used as :name.")
        List<@Size(max = LONGEST_ARGUMENT) String> args) {

  /** It goes into a variable of the driver's environment; Linux takes 128 KiB there. */
  private static final int LONGEST_SCRIPT = 30000;

  private static final int MOST_ARGUMENTS = 500;
  private static final int LONGEST_ARGUMENT = 4096;

  public MainProgram {
    args = args == null ? List.of() : List.copyOf(args);
  }

  /** The kind of program and what it is made of, by the names of the fields; without arguments. */
  public Map<String, String> parts() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("jar", jar);
    parts.put("class", className);
    parts.put("python", python);
    parts.put("r", r);
    parts.put("sql", sql);
    parts.put("sqlText", sqlText);
    parts.put("connect", connect == null ? null : "");
    parts.values().removeIf(Objects::isNull);
    return parts;
  }

  /** Whether another interpreter runs it, with processes of its own beside each JVM. */
  public boolean besideTheJvm() {
    return python != null || r != null;
  }
}
