package io.sparkapp.driver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.ChildFirstURLClassLoader;
import org.apache.spark.util.MutableURLClassLoader;

/**
 * A class with {@code main} in a jar.
 *
 * @param jar its jar, as {@code local:///path}
 * @param className the class with {@code main}
 */
record JvmProgram(String jar, String className) implements MainProgram {

  /**
   * The class loader is a child of Spark's, which keeps the JVM's class-data archive in use, and
   * becomes the thread's own, as SparkSubmit does it.
   */
  @Override
  public Method load(Map<String, String> conf) {
    if (jar == null || className == null) {
      throw new ProgramNotFoundException(
          "The application names no program: set spec.main.jar and spec.main.class.");
    }
    Path file = ImageFile.path(jar, "spec.main.jar");
    try {
      ClassLoader loader = classLoader(file, conf);
      Thread.currentThread().setContextClassLoader(loader);
      Method main = Class.forName(className, false, loader).getMethod("main", String[].class);
      if (!Modifier.isStatic(main.getModifiers())) {
        throw new ProgramNotFoundException(
            "The main method of class " + className + " is not static: it can not be called.");
      }
      // As java does it: the class itself need not be public.
      main.setAccessible(true);
      return main;
    } catch (ClassNotFoundException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " is not in " + jar + ": check spec.main.class.", e);
    } catch (NoSuchMethodException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " has no public static void main(String[]).", e);
    } catch (LinkageError | MalformedURLException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " of " + jar + " can not be loaded: " + e + ".", e);
    }
  }

  @Override
  public String[] arguments(String[] users) {
    return users.clone();
  }

  @Override
  public String failure(Throwable thrown) {
    return Failure.sentence(thrown, className);
  }

  @Override
  public String exit(int exitCode) {
    return "The application ended with exit code " + exitCode + ".";
  }

  private static ClassLoader classLoader(Path main, Map<String, String> conf)
      throws MalformedURLException {
    List<URL> urls = new ArrayList<>(List.of(main.toUri().toURL()));
    for (String more :
        Arrays.stream(conf.getOrDefault("spark.jars", "").split(","))
            .map(String::strip)
            .filter(each -> each.matches("(local:|file:)?/.*"))
            .toList()) {
      URL url = Path.of(more.replaceFirst("^(local|file):/*", "/")).toUri().toURL();
      if (!urls.contains(url)) {
        urls.add(url);
      }
    }
    ClassLoader parent = JvmProgram.class.getClassLoader();
    URL[] all = urls.toArray(URL[]::new);
    return Boolean.parseBoolean(conf.get("spark.driver.userClassPathFirst"))
        ? new ChildFirstURLClassLoader(all, parent)
        : new MutableURLClassLoader(all, parent);
  }
}
