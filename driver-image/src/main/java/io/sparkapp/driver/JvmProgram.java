package io.sparkapp.driver;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.apache.spark.util.MutableURLClassLoader;

/**
 * A class with {@code main} in a jar.
 *
 * @param jar its jar, as {@code local:///path} or an address
 * @param className the class with {@code main}
 */
record JvmProgram(String jar, String className) implements MainProgram {

  @Override
  public Optional<Location> file() {
    if (jar == null || className == null) {
      throw new ProgramNotFoundException(
          "The application names no program: set spec.main.jar and spec.main.class.");
    }
    return Optional.of(new Location(jar, "spec.main.jar"));
  }

  @Override
  public Entry load(Dependencies dependencies) {
    MutableURLClassLoader loader = dependencies.classLoader();
    loader.addURL(Dependencies.url(dependencies.main()));
    try {
      Method main = Class.forName(className, false, loader).getMethod("main", String[].class);
      if (!Modifier.isStatic(main.getModifiers())) {
        throw new ProgramNotFoundException(
            "The main method of class " + className + " is not static: it can not be called.");
      }
      // As java does it: the class itself need not be public.
      main.setAccessible(true);
      Entry entry = Entry.of(main);
      return arguments -> {
        ClassicSession.tell();
        entry.run(arguments);
      };
    } catch (ClassNotFoundException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " is not in " + jar + ": check spec.main.class.", e);
    } catch (NoSuchMethodException e) {
      throw new ProgramNotFoundException(
          "Class " + className + " has no public static void main(String[]).", e);
    } catch (LinkageError e) {
      throw new ProgramNotFoundException(
          "Class " + className + " of " + jar + " can not be loaded: " + e + ".", e);
    }
  }

  @Override
  public String failure(Throwable thrown) {
    return Failure.sentence(thrown, className);
  }

  @Override
  public String exit(int exitCode) {
    return "The application ended with exit code " + exitCode + ".";
  }
}
