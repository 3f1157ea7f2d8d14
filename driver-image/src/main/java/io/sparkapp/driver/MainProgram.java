package io.sparkapp.driver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.util.MutableURLClassLoader;

/**
 * The user's program.
 *
 * @param jar its jar, as {@code local:///path}
 * @param className the class with {@code main}
 */
record MainProgram(String jar, String className) {

  static MainProgram from(Map<String, String> json) {
    return new MainProgram(json.get("jar"), json.get("class"));
  }

  /**
   * Finds {@code main}. The class loader is a child of Spark's, which keeps the JVM's class-data
   * archive in use, and becomes the thread's own, as SparkSubmit does it.
   *
   * @throws ProgramNotFoundException with the sentence that the user reads
   */
  Method load() {
    Path file = Path.of(URI.create(jar).getPath());
    if (!Files.isReadable(file)) {
      throw new ProgramNotFoundException(
          "There is no " + jar + " in the driver's image: check spec.main.jar and the image.");
    }
    try {
      MutableURLClassLoader loader =
          new MutableURLClassLoader(
              new URL[] {file.toUri().toURL()}, MainProgram.class.getClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      Method main = Class.forName(className, true, loader).getMethod("main", String[].class);
      if (!Modifier.isStatic(main.getModifiers())) {
        throw new ProgramNotFoundException(
            "The main method of class " + className + " is not static: it can not be called.");
      }
      return main;
    } catch (ClassNotFoundException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " is not in " + jar + ": check spec.main.class.", e);
    } catch (NoSuchMethodException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " has no public static void main(String[]).", e);
    } catch (NoClassDefFoundError e) {
      throw new ProgramNotFoundException(
          "Class " + className + " needs a class that is not there: " + e.getMessage() + ".", e);
    } catch (MalformedURLException e) {
      throw new ProgramNotFoundException(jar + " is no path of a jar.", e);
    }
  }
}
