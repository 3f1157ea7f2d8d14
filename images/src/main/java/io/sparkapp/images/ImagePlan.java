package io.sparkapp.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an image is to hold.
 *
 * @param name the last part of its name: {@code driver}
 * @param description for people who look at the image
 * @param layers from the one that changes least
 * @param environment variables
 * @param entrypoint what runs when a pod names no command; empty where pods always do
 */
record ImagePlan(
    String name,
    String description,
    List<Layer> layers,
    Map<String, String> environment,
    List<String> entrypoint) {

  ImagePlan plus(Layer layer) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(layer);
    return new ImagePlan(name, description, List.copyOf(more), environment, entrypoint);
  }
}
