package io.sparkapp.operator.web;

import io.sparkapp.crds.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One page of the list of applications.
 *
 * @param all how many the visitor may see
 * @param matching how many of these were asked for
 * @param page which page this is, from 0; the last one when a later one was asked for
 * @param pages how many there are
 * @param phases how many there are of each phase, whatever phase was asked for
 * @param namespaces where the visitor sees some
 * @param queues where those are
 */
record ApplicationList(
    int all,
    int matching,
    int page,
    int pages,
    int size,
    Map<String, Integer> phases,
    Collection<String> namespaces,
    Collection<String> queues,
    List<ApplicationRow> rows) {

  /**
   * @param visible all that the visitor may see
   */
  static ApplicationList of(List<ApplicationRow> visible, ListQuery query) {
    Map<String, Integer> phases = new TreeMap<>();
    TreeSet<String> namespaces = new TreeSet<>();
    TreeSet<String> queues = new TreeSet<>();
    List<ApplicationRow> matching = new ArrayList<>();
    for (ApplicationRow row : visible) {
      namespaces.add(row.namespace());
      if (row.queue() != null) {
        queues.add(row.queue());
      }
      if (query.takes(row)) {
        Phase phase = row.phase();
        phases.merge(phase == null ? "New" : phase.name(), 1, Integer::sum);
        if (query.phase().isEmpty() || query.phase().get() == phase) {
          matching.add(row);
        }
      }
    }
    matching.sort(query.sort().order(query.descending()));
    int pages = Math.max(1, (matching.size() + query.size() - 1) / query.size());
    int page = Math.min(query.page(), pages - 1);
    int from = page * query.size();
    return new ApplicationList(
        visible.size(),
        matching.size(),
        page,
        pages,
        query.size(),
        phases,
        namespaces,
        queues,
        List.copyOf(matching.subList(from, Math.min(matching.size(), from + query.size()))));
  }
}
