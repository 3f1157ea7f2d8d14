package main

import (
	"os"
	"path/filepath"
	"strings"
)

const cgroups = "/sys/fs/cgroup"

// cgroupRoot is this container's own cgroup: pods below it count as the container's, go with it, and clusters side by
// side do not meet.
func cgroupRoot() (string, error) {
	content, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return "", err
	}
	paths := map[string]string{} // by controller; version 2 has one path, without a controller's name
	for line := range strings.Lines(string(content)) {
		if fields := strings.SplitN(strings.TrimSpace(line), ":", 3); len(fields) == 3 {
			for controller := range strings.SplitSeq(fields[1], ",") {
				paths[controller] = fields[2]
			}
		}
	}
	if exists(filepath.Join(cgroups, "cgroup.controllers")) {
		return delegate(strings.TrimSuffix(paths[""], "/init"))
	}
	own := paths["memory"]
	if own == "" {
		return "/", nil
	}
	for _, controller := range []string{"cpu", "cpuacct", "cpuset", "memory", "pids", "hugetlb"} {
		mount := filepath.Join(cgroups, controller)
		if exists(mount) && !exists(mount+own) {
			return "/", nil // in a cgroup namespace of its own, or another layout
		}
	}
	return own, nil
}

// delegate lets a version 2 cgroup have children with controllers, for which it may hold no process itself.
func delegate(own string) (string, error) {
	dir := filepath.Join(cgroups, own)
	if own == "" || !exists(dir) {
		own, dir = "/", cgroups
	}
	inner := filepath.Join(dir, "init")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		return "", err
	}
	// Some processes start others meanwhile.
	for range 5 {
		processes, err := os.ReadFile(filepath.Join(dir, "cgroup.procs"))
		if err != nil {
			return "", err
		}
		for _, process := range strings.Fields(string(processes)) {
			_ = os.WriteFile(filepath.Join(inner, "cgroup.procs"), []byte(process), 0o644)
		}
	}
	controllers, err := os.ReadFile(filepath.Join(dir, "cgroup.controllers"))
	if err != nil {
		return "", err
	}
	for _, controller := range strings.Fields(string(controllers)) {
		if err := os.WriteFile(filepath.Join(dir, "cgroup.subtree_control"), []byte("+"+controller), 0o644); err != nil {
			warnf("cgroup controller %s: %v", controller, err)
		}
	}
	return own, nil
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
