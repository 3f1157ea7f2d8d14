package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/pflag"
)

const logDir = "/var/log/k3s"

// server is a running cluster: this process starts the others, and ends when one of them does.
type server struct {
	config
	certificates
	tls, cred  string // folders
	cgroupRoot string
	started    time.Time

	failed   chan error
	mu       sync.Mutex // guards the following
	procs    []*exec.Cmd
	stopping bool
}

func serverMain(args []string) int {
	s := &server{failed: make(chan error, 32), started: time.Now()}
	if err := s.flags().Parse(args); errors.Is(err, pflag.ErrHelp) {
		return 0
	} else if err != nil {
		fmt.Fprintln(os.Stderr, "k3s server:", err)
		return 2
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	go func() {
		if err := s.run(ctx); err != nil {
			s.failed <- fmt.Errorf("start failed: %w", err)
		}
	}()
	defer s.stop()
	select {
	case <-ctx.Done():
		return 0
	case err := <-s.failed:
		warnf("%v", err)
		return 1
	}
}

// run returns when the cluster is ready, or can not be.
func (s *server) run(ctx context.Context) error {
	logf("Starting Kubernetes %s (its own components, not Rancher's k3s)", version)
	if err := s.prepare(); err != nil {
		return err
	}
	// The API server waits for etcd by itself, and images can be imported meanwhile.
	for _, start := range []func() error{s.startEtcd, s.prepareNode, s.startContainerd, s.startAPIServer} {
		if err := start(); err != nil {
			return err
		}
	}
	imported := make(chan error, 1)
	go func() { imported <- importImages(ctx, s.path("agent/images")) }()
	cluster, err := s.connect()
	if err != nil {
		return err
	}
	if err := cluster.waitAPIServer(ctx); err != nil {
		return err
	}
	s.phase("API server is ready")
	if err := s.startControllers(); err != nil {
		return err
	}
	if err := <-imported; err != nil {
		return fmt.Errorf("image import: %w", err)
	}
	s.phase("images are imported")
	if err := s.startNode(); err != nil {
		return err
	}
	if err := cluster.addons(ctx, s); err != nil {
		return err
	}
	if err := cluster.waitNode(ctx, s); err != nil {
		return err
	}
	if err := cluster.waitServiceAccount(ctx); err != nil {
		return err
	}
	s.phase("node is ready")
	// The line that Testcontainers' K3sContainer waits for.
	logf("Node controller sync successful")
	return nil
}

// prepare fills in what the command line left open, and makes folders and certificates.
func (s *server) prepare() error {
	if s.nodeName == "" {
		host, err := os.Hostname()
		if err != nil {
			return err
		}
		s.nodeName = strings.ToLower(host)
	}
	if s.nodeIP == "" {
		address, err := ownAddress()
		if err != nil {
			return err
		}
		s.nodeIP = address
	}
	s.tls, s.cred = s.path("server/tls"), s.path("server/cred")
	for _, dir := range []string{s.tls, s.cred, logDir, s.path("server/db"), s.path("storage")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	return s.issueCertificates()
}

// path is below the data directory.
func (s *server) path(name string) string { return filepath.Join(s.dataDir, name) }

func (s *server) phase(what string) {
	logf("%s (+%.1fs)", what, time.Since(s.started).Seconds())
}

func logf(format string, args ...any)  { logLine("info", format, args) }
func warnf(format string, args ...any) { logLine("warning", format, args) }

func logLine(level, format string, args []any) {
	fmt.Printf("time=%q level=%s msg=%q\n", time.Now().UTC().Format(time.RFC3339), level, fmt.Sprintf(format, args...))
}
