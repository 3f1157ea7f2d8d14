/* What keeps a pod's namespaces: a program that only waits (x86-64 Linux, no libc, so that its image is 5 kB and needs no
 * other). It ends on SIGTERM and SIGINT, which the first process of a PID namespace otherwise does not get, and reaps. */
#define SYS_rt_sigaction 13
#define SYS_pause 34
#define SYS_exit 60
#define SYS_wait4 61
#define SIGINT 2
#define SIGTERM 15
#define SIGCHLD 17
#define SA_RESTORER 0x04000000UL
#define WNOHANG 1

static long call(long number, long a, long b, long c, long d) {
    long result;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}

struct action {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
};

/* rt_sigreturn */
__attribute__((naked)) static void restore(void) { __asm__ volatile("mov $15, %eax\n\tsyscall"); }

static void quit(int signal) {
    (void)signal;
    call(SYS_exit, 0, 0, 0, 0);
}

static void reap(int signal) {
    (void)signal;
    while (call(SYS_wait4, -1, 0, WNOHANG, 0) > 0) {
    }
}

static void on(int signal, void (*handler)(int)) {
    struct action action = {handler, SA_RESTORER, restore, 0};
    call(SYS_rt_sigaction, signal, (long)&action, 0, sizeof action.mask);
}

void _start(void) {
    on(SIGINT, quit);
    on(SIGTERM, quit);
    on(SIGCHLD, reap);
    for (;;) call(SYS_pause, 0, 0, 0, 0);
}
