package io.sparkapp.cli.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code spark.kubernetes.ROLE.volumes.TYPE.NAME...}: volumes become those of the pod templates,
 * and executors' local directories {@code executor.localDir}.
 */
final class VolumeProperties {

  private static final Pattern KEY = Pattern.compile("([A-Za-z]+)[.]([^.]+)[.](.+)");
  private static final String LOCAL_DIR = "spark-local-dir-";

  private final PropertyTranslation properties;

  VolumeProperties(PropertyTranslation properties) {
    this.properties = properties;
  }

  void translate() {
    for (PodDraft pod : properties.draft().pods()) {
      String prefix = "spark.kubernetes." + pod.role() + ".volumes.";
      Map<String, Volume> volumes = new LinkedHashMap<>();
      properties
          .takeAll(prefix)
          .forEach(
              (key, value) -> {
                Matcher matcher = KEY.matcher(key);
                if (matcher.matches()) {
                  volumes
                      .computeIfAbsent(
                          matcher.group(2), name -> new Volume(prefix, matcher.group(1), name))
                      .settings()
                      .put(matcher.group(3), value.strip());
                } else {
                  properties
                      .remarks()
                      .lost(prefix + key, "it names no volume's type, name and setting.");
                }
              });
      volumes.values().forEach(volume -> add(volume, pod));
    }
    reuse();
    properties.note(
        "spark.kubernetes.driver.ownPersistentVolumeClaim",
        "claims belong to the attempt with executor.localDir.reuse, and to the executor without.");
  }

  private void reuse() {
    String reuse = "spark.kubernetes.driver.reusePersistentVolumeClaim";
    boolean wanted = properties.take(reuse).filter(Boolean::parseBoolean).isPresent();
    boolean volumes =
        properties.draft().text("executor.localDir.medium").filter("Volume"::equals).isPresent();
    if (wanted && volumes) {
      properties.draft().set("executor.localDir.reuse", JsonNodeFactory.instance.booleanNode(true));
    } else if (wanted) {
      properties.remarks().note(reuse, "there are no claims that an executor could leave behind.");
    }
  }

  private void add(Volume volume, PodDraft pod) {
    Map<String, String> settings = volume.settings();
    String mountPath = settings.remove("mount.path");
    if (mountPath == null) {
      volume.lost("mount.path", "a volume without it is mounted nowhere.", properties.remarks());
      return;
    }
    boolean localDir = volume.name().startsWith(LOCAL_DIR);
    if (localDir && pod.role().equals("executor") && executorsLocalDir(volume)) {
      settings.keySet().removeIf(key -> key.startsWith("mount."));
    } else {
      template(volume, mountPath, pod, localDir);
    }
    settings
        .keySet()
        .forEach(key -> volume.lost(key, "it has no counterpart.", properties.remarks()));
  }

  /** What {@code localDir} can say; anything else becomes a volume of the template. */
  private boolean executorsLocalDir(Volume volume) {
    AppDraft draft = properties.draft();
    if (draft.text("executor.localDir.medium").isPresent()) {
      return false;
    }
    String size = volume.settings().getOrDefault("options.sizeLimit", "");
    var amount = Amounts.size(size);
    boolean memory = "Memory".equals(volume.settings().get("options.medium"));
    boolean disk = volume.type().equals("emptyDir") && !memory;
    if (disk && (size.isEmpty() || amount.isPresent())) {
      amount.ifPresent(bytes -> draft.set("executor.localDir.size", bytes));
    } else if (volume.type().equals("emptyDir") && amount.isPresent()) {
      draft.set("executor.localDir.medium", "Memory");
      draft.set("executor.localDir.size", amount.get());
    } else if (volume.isOnDemand() && amount.isPresent()) {
      draft.set("executor.localDir.medium", "Volume");
      draft.set("executor.localDir.size", amount.get());
      volume
          .option("storageClass")
          .ifPresent(name -> draft.set("executor.localDir.storageClass", name));
      volume.settings().remove("options.claimName");
      volume.settings().remove("options.storageClass");
    } else {
      return false;
    }
    volume.settings().remove("options.sizeLimit");
    volume.settings().remove("options.medium");
    return true;
  }

  private void template(Volume volume, String mountPath, PodDraft pod, boolean localDir) {
    Map<String, String> settings = volume.settings();
    ObjectNode source = volume.source(properties.remarks());
    if (source == null) {
      return;
    }
    pod.volume(source);
    ObjectNode mount = JsonNodeFactory.instance.objectNode();
    mount.put("name", volume.name()).put("mountPath", mountPath);
    for (String field : new String[] {"subPath", "subPathExpr"}) {
      String value = settings.remove("mount." + field);
      if (value != null) {
        mount.put(field, value);
      }
    }
    if (Boolean.parseBoolean(settings.remove("mount.readOnly"))) {
      mount.put("readOnly", true);
    }
    pod.mount(mount);
    if (localDir) {
      pod.env("SPARK_LOCAL_DIRS", pod.localDirs(mountPath));
    }
  }

  /** One volume with its settings, which are taken out as they are read. */
  private record Volume(String prefix, String type, String name, Map<String, String> settings) {

    Volume(String prefix, String type, String name) {
      this(prefix, type, name, new LinkedHashMap<>());
    }

    boolean isOnDemand() {
      return type.equals("persistentVolumeClaim")
          && "OnDemand".equalsIgnoreCase(settings.getOrDefault("options.claimName", ""));
    }

    java.util.Optional<String> option(String key) {
      return java.util.Optional.ofNullable(settings.get("options." + key));
    }

    /** The volume as a pod has it; null when there is no such type. */
    ObjectNode source(Remarks remarks) {
      ObjectNode volume = JsonNodeFactory.instance.objectNode().put("name", name);
      switch (type) {
        case "hostPath" -> options(volume.putObject("hostPath"), "path", "type");
        case "emptyDir" -> options(volume.putObject("emptyDir"), "medium", "sizeLimit");
        case "nfs" -> options(volume.putObject("nfs"), "server", "path");
        case "persistentVolumeClaim" -> claim(volume);
        default -> {
          String rest = String.join(", ", settings.keySet());
          settings.clear();
          lost(rest, "Spark knows no volumes of type " + type + ".", remarks);
          return null;
        }
      }
      return volume;
    }

    private void claim(ObjectNode volume) {
      if (isOnDemand()) {
        settings.remove("options.claimName");
        ObjectNode template = volume.putObject("ephemeral").putObject("volumeClaimTemplate");
        settings.keySet().stream()
            .filter(key -> key.matches("(label|annotation)[.].+"))
            .toList()
            .forEach(
                key -> {
                  int dot = key.indexOf('.');
                  template
                      .withObjectProperty("metadata")
                      .withObjectProperty(key.substring(0, dot) + "s")
                      .put(key.substring(dot + 1), settings.remove(key));
                });
        ObjectNode spec = template.putObject("spec");
        String mode = settings.remove("options.accessMode");
        spec.putArray("accessModes").add(mode == null ? "ReadWriteOnce" : mode);
        String storageClass = settings.remove("options.storageClass");
        if (storageClass != null) {
          spec.put("storageClassName", storageClass);
        }
        String size = settings.remove("options.sizeLimit");
        if (size != null) {
          spec.putObject("resources").putObject("requests").put("storage", size);
        }
      } else {
        options(volume.putObject("persistentVolumeClaim"), "claimName");
      }
    }

    private void options(ObjectNode source, String... names) {
      for (String each : names) {
        String value = settings.remove("options." + each);
        if (value != null) {
          source.put(each, value);
        }
      }
    }

    void lost(String setting, String sentence, Remarks remarks) {
      remarks.lost(prefix + type + "." + name + "." + setting, sentence);
    }
  }
}
