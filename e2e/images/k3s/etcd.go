package main

import (
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

const etcdURL = "http://127.0.0.1:2379"

// etcdMain runs an etcd of one member: etcd DATA-DIR.
func etcdMain(args []string) int {
	if len(args) != 1 {
		fmt.Fprintln(os.Stderr, "usage: etcd DATA-DIR")
		return 2
	}
	config, err := etcdConfig(args[0])
	if err != nil {
		return ended("etcd", err)
	}
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return ended("etcd", err)
	}
	defer etcd.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	select {
	case err := <-etcd.Err():
		return ended("etcd", err)
	case <-stop:
		return 0
	}
}

func etcdConfig(dir string) (*embed.Config, error) {
	client, err := url.Parse(etcdURL)
	if err != nil {
		return nil, err
	}
	peer, err := url.Parse("http://127.0.0.1:2380")
	if err != nil {
		return nil, err
	}
	config := embed.NewConfig()
	config.Name = "default"
	config.Dir = dir
	config.LogLevel = "warn"
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{*client}, []url.URL{*client}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{*peer}, []url.URL{*peer}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	config.UnsafeNoFsync = true // a cluster that lives as long as a test does not outlive a power cut
	config.TickMs, config.ElectionMs = 100, 1000
	config.SnapshotCount = 10000
	config.AutoCompactionMode, config.AutoCompactionRetention = "periodic", "1h"
	return config, nil
}
