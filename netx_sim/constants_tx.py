"""ThreadX constants that are not status codes (those are in status.py): options, thread states, sizes and limits."""

# Version of the kernel whose behaviour is modelled
THREADX_MAJOR_VERSION = 6
THREADX_MINOR_VERSION = 4
THREADX_PATCH_VERSION = 2

# Truth, and the null pointer
TX_TRUE = 1
TX_FALSE = 0
TX_NULL = None
TX_LOOP_FOREVER = 1

# Wait options: ticks, or one of these
TX_NO_WAIT = 0
TX_WAIT_FOREVER = 0xFFFFFFFF

# Thread creation
TX_AUTO_START = 1
TX_DONT_START = 0
TX_NO_TIME_SLICE = 0
TX_MINIMUM_STACK = 200  # bytes
TX_MAX_PRIORITIES = 32  # 0 (highest) to 31

# Timer creation
TX_AUTO_ACTIVATE = 1
TX_NO_ACTIVATE = 0

# Mutex creation: priority inheritance
TX_INHERIT = 1
TX_NO_INHERIT = 0

# Event flags: how they are set and got
TX_OR = 0
TX_OR_CLEAR = 1
TX_AND = 2
TX_AND_CLEAR = 3

# Queue message sizes in 32-bit words (every size from 1 to 16 is allowed)
TX_1_ULONG = 1
TX_2_ULONG = 2
TX_4_ULONG = 4
TX_8_ULONG = 8
TX_16_ULONG = 16

# Notification of tx_thread_entry_exit_notify
TX_THREAD_ENTRY = 0
TX_THREAD_EXIT = 1

# Thread states, as tx_thread_info_get reports them
TX_READY = 0
TX_COMPLETED = 1
TX_TERMINATED = 2
TX_SUSPENDED = 3
TX_SLEEP = 4
TX_QUEUE_SUSP = 5
TX_SEMAPHORE_SUSP = 6
TX_EVENT_FLAG = 7
TX_BLOCK_MEMORY = 8
TX_BYTE_MEMORY = 9
TX_IO_DRIVER = 10
TX_FILE = 11
TX_TCP_IP = 12
TX_MUTEX_SUSP = 13
TX_PRIORITY_CHANGE = 14

# Interrupt posture, for tx_interrupt_control
TX_INT_DISABLE = 1
TX_INT_ENABLE = 0

# Clock and system timer thread
TX_TIMER_TICKS_PER_SECOND = 100
TX_TIMER_THREAD_PRIORITY = 0
TX_TIMER_THREAD_STACK_SIZE = 400

# Start values of control block fields
TX_CLEAR_ID = 0
TX_NO_SUSPENSIONS = 0
TX_NO_MESSAGES = 0
TX_EMPTY = 0

# Marks: created thread, unused stack, free block of a byte pool
TX_THREAD_ID = 0x54485244
TX_STACK_FILL = 0xEFEFEFEF
TX_BYTE_BLOCK_FREE = 0xFFFFEEEE

# Internals of the kernel that firmware sometimes prints
TX_THREAD_PRIORITY_GROUP_MASK = 255
TX_THREAD_EXECUTE_LOG_SIZE = 8
MAP_INDEX = 0
TX_PORT_SPECIFIC_BUILD_OPTIONS = 0

# Linux port: memory handed to tx_application_define, and host scheduling levels
TX_LINUX_MEMORY_SIZE = 64000
TX_LINUX_PRIORITY_SCHEDULE = 3
TX_LINUX_PRIORITY_ISR = 2
TX_LINUX_PRIORITY_USER_THREAD = 1
