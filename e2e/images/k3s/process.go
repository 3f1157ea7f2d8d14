package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// start runs this program again, as one of its components.
func (s *server) start(name string, args ...string) error {
	log, err := os.OpenFile(filepath.Join(logDir, name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	out, in := io.Pipe()
	cmd := exec.Command("/proc/self/exe", args...)
	cmd.Args[0] = "k3s"
	cmd.Stdout, cmd.Stderr = in, in
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping {
		return errors.New("stopping")
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s.procs = append(s.procs, cmd)
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		s.copyLog(name, out, log)
	}()
	go func() {
		err := cmd.Wait()
		in.Close()
		<-copied // what it said last explains why it ended
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.stopping {
			s.failed <- fmt.Errorf("%s ended: %v (see %s)", name, err, log.Name())
		}
	}()
	return nil
}

// copyLog keeps all lines in a file and prints those that tell of errors.
func (s *server) copyLog(name string, from io.Reader, to *os.File) {
	defer to.Close()
	lines := bufio.NewReaderSize(from, 64<<10)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			_, _ = to.WriteString(line)
			if s.debug || worthPrinting(line) {
				fmt.Printf("[%s] %s\n", name, strings.TrimRight(line, "\n"))
			}
		}
		if err != nil {
			return
		}
	}
}

// worthPrinting is true for errors in the forms of klog, logrus and zap, and for panics.
func worthPrinting(line string) bool {
	if len(line) > 5 && strings.IndexByte("IWEF", line[0]) >= 0 && isDigit(line[1]) && isDigit(line[2]) {
		return line[0] == 'E' || line[0] == 'F'
	}
	if _, level, ok := strings.Cut(line, "level="); ok {
		return startsWith(level, "err", "fatal", "panic")
	}
	if level, ok := strings.CutPrefix(line, `{"level":"`); ok {
		return !startsWith(level, "info", "warn")
	}
	return startsWith(line, "panic", "goroutine", "Error", "fatal")
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func startsWith(text string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// stop ends the components, those that were started last first, and waits for them a few seconds.
func (s *server) stop() {
	s.mu.Lock()
	s.stopping = true
	procs := s.procs
	s.mu.Unlock()
	for i := len(procs) - 1; i >= 0; i-- {
		_ = procs[i].Process.Signal(syscall.SIGTERM)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		alive := false
		for _, p := range procs {
			alive = alive || p.Process.Signal(syscall.Signal(0)) == nil
		}
		if !alive {
			return
		}
	}
}
