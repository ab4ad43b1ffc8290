/* System calls: a filter that refuses those which start a process or reach
   another one. gnuplot's own attempts then fail with EPERM and are reported
   by it. Threads stay: Pango starts one. */
#include "draw/jail.h"

#if defined(__x86_64__) || defined(__aarch64__)

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(field) \
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define REFUSE(number)                                 \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), \
      ANSWER(SECCOMP_RET_ERRNO | EPERM)

static const struct sock_filter filter[] = {
    LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
#ifdef __x86_64__
    REFUSE(SYS_fork), REFUSE(SYS_vfork),
    /* the x32 calls share the architecture and have numbers of their own */
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
#endif
    REFUSE(SYS_socket), REFUSE(SYS_ptrace), REFUSE(SYS_execveat),
    REFUSE(SYS_kill), REFUSE(SYS_process_vm_writev), REFUSE(SYS_io_uring_setup),
    /* glibc falls back to clone, whose flags can be read here */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
    ANSWER(SECCOMP_RET_ERRNO | ENOSYS),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4), LOAD(args[0]),
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
    ANSWER(SECCOMP_RET_ERRNO | EPERM), ANSWER(SECCOMP_RET_ALLOW),
    ANSWER(SECCOMP_RET_ALLOW)};

int jail_seccomp(void) {
  struct sock_fprog program = {sizeof filter / sizeof filter[0],
                               (struct sock_filter *)filter};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0) return 0;
  return errno == EINVAL ? 0 : -1; /* a kernel built without it */
}

#else

int jail_seccomp(void) { return 0; }

#endif
