package io.sparkapp.e2e.k3s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Brings a program of the tests into a driver whose image does not have it, by a ConfigMap. */
final class ProgramJar {

  private static final String FOLDER = "/opt/e2e";
  private static final String FILE = "program.jar";

  private final Class<?> program;

  ProgramJar(Class<?> program) {
    this.program = program;
  }

  /** Makes the application run the program. */
  Manifest runBy(Manifest manifest) {
    return manifest
        .with("spec.main.jar", "local://" + FOLDER + "/" + FILE)
        .with("spec.main.class", program.getName())
        .withPod("driver", "volumes", "[{name: program, configMap: {name: %s}}]".formatted(name()))
        .withPod(
            "driver",
            "containers",
            "[{name: driver, volumeMounts: [{name: program, mountPath: %s}]}]".formatted(FOLDER));
  }

  /** The ConfigMap that {@link #runBy} speaks of. */
  ConfigMap in(String namespace) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name())
        .withNamespace(namespace)
        .endMetadata()
        .addToBinaryData(FILE, Base64.getEncoder().encodeToString(jar()))
        .build();
  }

  private String name() {
    return program.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private byte[] jar() {
    String path = program.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream code = program.getClassLoader().getResourceAsStream(path);
        JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(new JarEntry(path));
      code.transferTo(jar);
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
