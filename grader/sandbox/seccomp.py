"""The system calls that a worker may make, as a seccomp filter built with libseccomp.

The zygote builds the filter once. A worker only loads its bytes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct
import tempfile
from functools import cache

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
CLONE_THREAD = 0x00010000
# Everything except F_SETOWN, F_SETSIG and F_SETOWN_EX, which make the kernel signal another process.
FCNTL_COMMANDS = (*range(6), 9, 36, 1030, 1032, 1033, 1034)
# No other process writes to a worker's folder, and locks take kernel memory without a limit.
FCNTL_LOCKS = (6, 7, 37, 38)
PR_SET_NAME, PR_GET_NAME, PR_SET_VMA = 15, 16, 0x53564D41
JUMP_IF_EQUAL = 0x15
# Placeholder for the worker's process id until the filter is loaded.
OWN_PID = 0x0DEFACED

ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek close close_range
open openat openat2 creat stat fstat lstat newfstatat fstatat64 stat64 fstat64 lstat64 statx statfs fstatfs
access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd chdir fchdir rename renameat
renameat2 unlink unlinkat mkdir mkdirat rmdir ftruncate truncate fallocate fadvise64 fsync fdatasync
dup dup2 dup3 pipe pipe2 ioctl umask sendfile copy_file_range mmap mmap2 munmap mprotect
mremap madvise brk msync mincore membarrier get_mempolicy futex futex_waitv futex_time64 set_robust_list
get_robust_list rseq set_tid_address arch_prctl gettid getpid getppid getuid geteuid getgid getegid
getgroups getresuid getresgid getpgrp getpgid getsid uname sysinfo getrusage times getrlimit ugetrlimit
sched_yield sched_getaffinity getcpu getpriority sched_getparam sched_getscheduler sched_get_priority_max
sched_get_priority_min clock_gettime clock_gettime64 clock_getres clock_nanosleep clock_nanosleep_time64
nanosleep gettimeofday time select _newselect pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl
epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime
rt_sigaction rt_sigprocmask rt_sigreturn sigreturn rt_sigsuspend rt_sigpending rt_sigtimedwait sigaltstack
alarm setitimer getitimer exit exit_group wait4 waitid restart_syscall getrandom recvfrom recv
sendto send recvmsg shutdown getsockopt setsockopt getsockname getpeername
""".split()

# Honest code doesn't need these to work, but honest libraries call some and expect success.
PRETENDED = """
chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat utimensat_time64
futimesat setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
""".split()

REFUSED = """
flock fork vfork execve execveat socket connect bind listen accept accept4 sendmsg sendmmsg recvmmsg link
linkat symlink symlinkat mknod mknodat ptrace pidfd_open pidfd_getfd pidfd_send_signal shmget shmat
shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semctl semtimedop mq_open mq_unlink mq_timedsend
mq_timedreceive mq_notify setpriority sched_setaffinity sched_setscheduler sched_setparam sched_setattr
ioprio_set nice setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset
setsid setpgid setrlimit chroot sethostname setdomainname rt_sigqueueinfo rt_tgsigqueueinfo inotify_init
inotify_init1 fanotify_init memfd_create
""".split()

FATAL = """
mount umount umount2 pivot_root move_mount open_tree fsopen fsmount unshare setns bpf perf_event_open
io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key process_vm_readv
process_vm_writev process_madvise userfaultfd init_module finit_module delete_module kexec_load
kexec_file_load reboot swapon swapoff acct quotactl settimeofday clock_settime adjtimex clock_adjtime iopl
ioperm modify_ldt kcmp syslog
""".split()


class NoFilter(Exception):
    """The filter can't be built here. The message says what is missing."""


@cache
def program() -> bytes:
    """Return the filter's instructions. Raise NoFilter if libseccomp or its binding is missing."""
    try:
        import pyseccomp as libseccomp  # noqa: PLC0415 - absent if the kernel has no seccomp
    except (ImportError, OSError, RuntimeError) as error:
        raise NoFilter(f"libseccomp can't be loaded ({error})") from None
    rules = libseccomp.SyscallFilter(defaction=libseccomp.ERRNO(errno.ENOSYS))
    for names, action in (
        (ALLOWED, libseccomp.ALLOW),
        (PRETENDED, libseccomp.ERRNO(0)),
        (REFUSED, libseccomp.ERRNO(errno.EPERM)),
        (FATAL, libseccomp.KILL_PROCESS),
    ):
        for name in names:
            _add(rules, action, name)
    equal, masked = libseccomp.EQ, libseccomp.MASKED_EQ
    allow, refuse, argument = libseccomp.ALLOW, libseccomp.ERRNO(errno.EPERM), libseccomp.Arg
    _add(rules, allow, "clone", argument(0, masked, CLONE_THREAD, CLONE_THREAD))
    _add(rules, refuse, "clone", argument(0, masked, CLONE_THREAD, 0))
    # Only pairs of streams: a datagram socket could send to any other socket.
    kinds = 0xF
    _add(rules, allow, "socketpair", argument(1, masked, kinds, socket.SOCK_STREAM))
    for command in FCNTL_COMMANDS:
        for name in ("fcntl", "fcntl64"):
            _add(rules, allow, name, argument(1, equal, command))
    for command in FCNTL_LOCKS:
        for name in ("fcntl", "fcntl64"):
            _add(rules, libseccomp.ERRNO(0), name, argument(1, equal, command))
    for option in (PR_SET_NAME, PR_GET_NAME, PR_SET_VMA):
        _add(rules, allow, "prctl", argument(0, equal, option))
    _add(rules, allow, "prlimit64", argument(0, equal, 0))
    for name in ("kill", "tgkill"):
        _add(rules, allow, name, argument(0, equal, OWN_PID))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def load(instructions: bytes) -> None:
    """Apply the filter to this process. Raise OSError if the kernel refuses."""
    own = b"".join(_with_own_pid(instructions[at : at + 8]) for at in range(0, len(instructions), 8))
    buffer = ctypes.create_string_buffer(own, len(own))
    header = struct.pack("@HP", len(own) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"seccomp: {os.strerror(number)}")


def _with_own_pid(instruction: bytes) -> bytes:
    code, then, otherwise, value = struct.unpack("=HBBI", instruction)
    if code == JUMP_IF_EQUAL and value == OWN_PID:
        return struct.pack("=HBBI", code, then, otherwise, os.getpid())
    return instruction


def _add(rules: object, action: object, name: str, *arguments: object) -> None:
    try:
        rules.add_rule(action, name, *arguments)  # type: ignore[attr-defined]
    except (OSError, RuntimeError, ValueError):
        # This architecture or this libseccomp lacks the call. The default action applies.
        return
