/* ThreadX services, constants and control blocks, for firmware compiled for the host. */

#ifndef TX_API_H
#define TX_API_H

#include "tx_port.h"

#define AZURE_RTOS_THREADX

#ifdef __cplusplus
extern "C" {
#endif

/* Version. */
#define THREADX_MAJOR_VERSION                   6
#define THREADX_MINOR_VERSION                   4
#define THREADX_PATCH_VERSION                   2

/* Arguments and states. */
#define TX_NO_WAIT                              0
#define TX_WAIT_FOREVER                         0xFFFFFFFFU
#define TX_AND                                  2
#define TX_AND_CLEAR                            3
#define TX_OR                                   0
#define TX_OR_CLEAR                             1
#define TX_1_ULONG                              1
#define TX_2_ULONG                              2
#define TX_4_ULONG                              4
#define TX_8_ULONG                              8
#define TX_16_ULONG                             16
#define TX_NO_TIME_SLICE                        0
#define TX_AUTO_START                           1
#define TX_DONT_START                           0
#define TX_AUTO_ACTIVATE                        1
#define TX_NO_ACTIVATE                          0
#define TX_TRUE                                 1
#define TX_FALSE                                0
#define TX_NULL                                 0
#define TX_INHERIT                              1
#define TX_NO_INHERIT                           0
#define TX_THREAD_ENTRY                         0
#define TX_THREAD_EXIT                          1
#define TX_NO_SUSPENSIONS                       0
#define TX_NO_MESSAGES                          0
#define TX_EMPTY                                0
#define TX_CLEAR_ID                             0
#define TX_STACK_FILL                           0xEFEFEFEFU
#define TX_READY                                0
#define TX_COMPLETED                            1
#define TX_TERMINATED                           2
#define TX_SUSPENDED                            3
#define TX_SLEEP                                4
#define TX_QUEUE_SUSP                           5
#define TX_SEMAPHORE_SUSP                       6
#define TX_EVENT_FLAG                           7
#define TX_BLOCK_MEMORY                         8
#define TX_BYTE_MEMORY                          9
#define TX_IO_DRIVER                            10
#define TX_FILE                                 11
#define TX_TCP_IP                               12
#define TX_MUTEX_SUSP                           13
#define TX_PRIORITY_CHANGE                      14

/* Statuses. */
#define TX_SUCCESS                              0x00
#define TX_DELETED                              0x01
#define TX_POOL_ERROR                           0x02
#define TX_PTR_ERROR                            0x03
#define TX_WAIT_ERROR                           0x04
#define TX_SIZE_ERROR                           0x05
#define TX_GROUP_ERROR                          0x06
#define TX_NO_EVENTS                            0x07
#define TX_OPTION_ERROR                         0x08
#define TX_QUEUE_ERROR                          0x09
#define TX_QUEUE_EMPTY                          0x0A
#define TX_QUEUE_FULL                           0x0B
#define TX_SEMAPHORE_ERROR                      0x0C
#define TX_NO_INSTANCE                          0x0D
#define TX_THREAD_ERROR                         0x0E
#define TX_PRIORITY_ERROR                       0x0F
#define TX_NO_MEMORY                            0x10
#define TX_START_ERROR                          0x10
#define TX_DELETE_ERROR                         0x11
#define TX_RESUME_ERROR                         0x12
#define TX_CALLER_ERROR                         0x13
#define TX_SUSPEND_ERROR                        0x14
#define TX_TIMER_ERROR                          0x15
#define TX_TICK_ERROR                           0x16
#define TX_ACTIVATE_ERROR                       0x17
#define TX_THRESH_ERROR                         0x18
#define TX_SUSPEND_LIFTED                       0x19
#define TX_WAIT_ABORTED                         0x1A
#define TX_WAIT_ABORT_ERROR                     0x1B
#define TX_MUTEX_ERROR                          0x1C
#define TX_NOT_AVAILABLE                        0x1D
#define TX_NOT_OWNED                            0x1E
#define TX_INHERIT_ERROR                        0x1F
#define TX_NOT_DONE                             0x20
#define TX_CEILING_EXCEEDED                     0x21
#define TX_INVALID_CEILING                      0x22
#define TX_FEATURE_NOT_ENABLED                  0xFF

/* Sizes, and the ids of control blocks. */
#ifndef TX_TIMER_TICKS_PER_SECOND
#define TX_TIMER_TICKS_PER_SECOND               100
#endif
#define TX_LOOP_FOREVER                         1
#define TX_THREAD_ID                            0x54485244U
#define TX_THREAD_PRIORITY_GROUP_MASK           255
#define TX_THREAD_EXECUTE_LOG_SIZE              8
#define MAP_INDEX                               0
#ifndef TX_MAX_PRIORITIES
#define TX_MAX_PRIORITIES                       32
#endif
#define TX_BYTE_BLOCK_FREE                      0xFFFFEEEEFFFFEEEEUL

/* Control blocks.  What firmware has no business with is reserved; sizes and places are those of the 64-bit original. */
typedef struct TX_THREAD_STRUCT TX_THREAD;
typedef struct TX_TIMER_STRUCT TX_TIMER;
typedef struct TX_SEMAPHORE_STRUCT TX_SEMAPHORE;
typedef struct TX_MUTEX_STRUCT TX_MUTEX;
typedef struct TX_EVENT_FLAGS_GROUP_STRUCT TX_EVENT_FLAGS_GROUP;
typedef struct TX_QUEUE_STRUCT TX_QUEUE;
typedef struct TX_BYTE_POOL_STRUCT TX_BYTE_POOL;
typedef struct TX_BLOCK_POOL_STRUCT TX_BLOCK_POOL;

struct TX_THREAD_STRUCT
{
    ULONG tx_thread_id;
    ULONG tx_thread_run_count;
    VOID *tx_thread_stack_ptr;
    VOID *tx_thread_stack_start;
    VOID *tx_thread_stack_end;
    ULONG tx_thread_stack_size;
    ULONG tx_thread_time_slice;
    UCHAR netx_reserved_40[72];
    CHAR *tx_thread_name;
    UINT tx_thread_priority;
    UINT tx_thread_state;
    UCHAR netx_reserved_128[8];
    UINT tx_thread_preempt_threshold;
    UCHAR netx_reserved_140[12];
    VOID (*tx_thread_entry)(ULONG);
    ULONG tx_thread_entry_parameter;
    TX_THREAD *tx_thread_created_next;
    TX_THREAD *tx_thread_created_previous;
    UCHAR netx_reserved_184[176];
#ifdef TX_THREAD_USER_EXTENSION
    TX_THREAD_USER_EXTENSION
#endif
};

struct TX_TIMER_STRUCT
{
    ULONG tx_timer_id;
    CHAR *tx_timer_name;
    UCHAR netx_reserved_16[40];
    TX_TIMER *tx_timer_created_next;
    TX_TIMER *tx_timer_created_previous;
    UCHAR netx_reserved_72[16];
};

struct TX_SEMAPHORE_STRUCT
{
    ULONG tx_semaphore_id;
    CHAR *tx_semaphore_name;
    ULONG tx_semaphore_count;
    TX_THREAD *tx_semaphore_suspension_list;
    UINT tx_semaphore_suspended_count;
    TX_SEMAPHORE *tx_semaphore_created_next;
    TX_SEMAPHORE *tx_semaphore_created_previous;
    UCHAR netx_reserved_56[8];
};

struct TX_MUTEX_STRUCT
{
    ULONG tx_mutex_id;
    CHAR *tx_mutex_name;
    UINT tx_mutex_ownership_count;
    UINT tx_mutex_inherit;
    TX_THREAD *tx_mutex_owner;
    TX_THREAD *tx_mutex_suspension_list;
    UCHAR netx_reserved_40[8];
    UINT tx_mutex_suspended_count;
    TX_MUTEX *tx_mutex_created_next;
    TX_MUTEX *tx_mutex_created_previous;
    UCHAR netx_reserved_72[24];
};

struct TX_EVENT_FLAGS_GROUP_STRUCT
{
    ULONG tx_event_flags_group_id;
    CHAR *tx_event_flags_group_name;
    ULONG tx_event_flags_group_current;
    TX_THREAD *tx_event_flags_group_suspension_list;
    UINT tx_event_flags_group_suspended_count;
    TX_EVENT_FLAGS_GROUP *tx_event_flags_group_created_next;
    TX_EVENT_FLAGS_GROUP *tx_event_flags_group_created_previous;
    UCHAR netx_reserved_56[16];
};

struct TX_QUEUE_STRUCT
{
    ULONG tx_queue_id;
    CHAR *tx_queue_name;
    UINT tx_queue_message_size;
    UINT tx_queue_capacity;
    UINT tx_queue_enqueued;
    UINT tx_queue_available_storage;
    TX_THREAD *tx_queue_suspension_list;
    UCHAR netx_reserved_40[32];
    UINT tx_queue_suspended_count;
    TX_QUEUE *tx_queue_created_next;
    TX_QUEUE *tx_queue_created_previous;
    UCHAR netx_reserved_96[8];
};

struct TX_BYTE_POOL_STRUCT
{
    ULONG tx_byte_pool_id;
    CHAR *tx_byte_pool_name;
    ULONG tx_byte_pool_available;
    UINT tx_byte_pool_fragments;
    UCHAR *tx_byte_pool_start;
    ULONG tx_byte_pool_size;
    UCHAR netx_reserved_36[20];
    TX_THREAD *tx_byte_pool_owner;
    TX_THREAD *tx_byte_pool_suspension_list;
    UINT tx_byte_pool_suspended_count;
    TX_BYTE_POOL *tx_byte_pool_created_next;
    TX_BYTE_POOL *tx_byte_pool_created_previous;
};

struct TX_BLOCK_POOL_STRUCT
{
    ULONG tx_block_pool_id;
    CHAR *tx_block_pool_name;
    UINT tx_block_pool_available;
    UINT tx_block_pool_total;
    UCHAR *tx_block_pool_start;
    ULONG tx_block_pool_size;
    UINT tx_block_pool_block_size;
    TX_THREAD *tx_block_pool_suspension_list;
    UCHAR netx_reserved_48[8];
    UINT tx_block_pool_suspended_count;
    TX_BLOCK_POOL *tx_block_pool_created_next;
    TX_BLOCK_POOL *tx_block_pool_created_previous;
};

/* Memory and pointers. */
#define TX_MEMSET(a, b, c)                      ((void)memset((a), (b), (c)))
#define TX_UCHAR_POINTER_ADD(a, b)              (NETX_HOST_POINTER(UCHAR *, a) + (b))
#define TX_UCHAR_POINTER_SUB(a, b)              (NETX_HOST_POINTER(UCHAR *, a) - (b))
#define TX_UCHAR_POINTER_DIF(a, b) \
    (NETX_HOST_CAST(ULONG, NETX_HOST_POINTER(UCHAR *, a) - NETX_HOST_POINTER(UCHAR *, b)))
#define TX_ULONG_POINTER_ADD(a, b)              (NETX_HOST_POINTER(ULONG *, a) + (b))
#define TX_ULONG_POINTER_SUB(a, b)              (NETX_HOST_POINTER(ULONG *, a) - (b))
#define TX_ULONG_POINTER_DIF(a, b) \
    (NETX_HOST_CAST(ULONG, NETX_HOST_POINTER(ULONG *, a) - NETX_HOST_POINTER(ULONG *, b)))
#define TX_UCHAR_TO_VOID_POINTER_CONVERT(a)     (NETX_HOST_POINTER(VOID *, a))
#define TX_VOID_TO_UCHAR_POINTER_CONVERT(a)     (NETX_HOST_POINTER(UCHAR *, a))
#define TX_VOID_TO_ULONG_POINTER_CONVERT(a)     (NETX_HOST_POINTER(ULONG *, a))
#define TX_POINTER_TO_ALIGN_TYPE_CONVERT(a)     (NETX_HOST_POINTER(ALIGN_TYPE, a))
#define TX_ALIGN_TYPE_TO_POINTER_CONVERT(a)     (NETX_HOST_POINTER(VOID *, a))
/* A pointer as a number of 32 bits holds what lies below 4 GB: variables of a program. */
#define TX_POINTER_TO_ULONG_CONVERT(a)          (NETX_HOST_CAST(ULONG, TX_POINTER_TO_ALIGN_TYPE_CONVERT(a)))
#define TX_ULONG_TO_POINTER_CONVERT(a)          (TX_ALIGN_TYPE_TO_POINTER_CONVERT(NETX_HOST_CAST(ALIGN_TYPE, a)))
#define TX_PARAMETER_NOT_USED(p)                ((void)(p))

/* Who runs: a thread, or in the upper state values an interrupt (from 1) or the start (from 0xF0F0F0F0). */
extern TX_THREAD *_tx_thread_current_ptr;
extern volatile ULONG _tx_thread_system_state;
#define TX_THREAD_GET_SYSTEM_STATE()            _tx_thread_system_state
#define TX_THREAD_GET_CURRENT(a)                (a) = _tx_thread_current_ptr;

/* The application's own. */
VOID tx_application_define(VOID *first_unused_memory);

/* Services, checked (_txe_) and unchecked (_tx_). */
VOID _tx_initialize_kernel_enter(VOID);
UINT _txe_thread_create(TX_THREAD *thread_ptr, NETX_HOST_TEXT name_ptr, VOID (*entry_function)(ULONG entry_input),
                        ULONG entry_input, VOID *stack_start, ULONG stack_size, UINT priority, UINT preempt_threshold,
                        ULONG time_slice, UINT auto_start, UINT tx_thread_size);
UINT _tx_thread_create(TX_THREAD *thread_ptr, NETX_HOST_TEXT name_ptr, VOID (*entry_function)(ULONG entry_input),
                       ULONG entry_input, VOID *stack_start, ULONG stack_size, UINT priority, UINT preempt_threshold,
                       ULONG time_slice, UINT auto_start);
UINT _txe_thread_delete(TX_THREAD *thread_ptr);
UINT _tx_thread_delete(TX_THREAD *thread_ptr);
UINT _txe_thread_entry_exit_notify(TX_THREAD *thread_ptr,
                                   VOID (*thread_entry_exit_notify)(TX_THREAD *notify_thread_ptr, UINT type));
UINT _tx_thread_entry_exit_notify(TX_THREAD *thread_ptr,
                                  VOID (*thread_entry_exit_notify)(TX_THREAD *notify_thread_ptr, UINT type));
TX_THREAD *_tx_thread_identify(VOID);
UINT _txe_thread_info_get(TX_THREAD *thread_ptr, CHAR **name, UINT *state, ULONG *run_count, UINT *priority,
                          UINT *preemption_threshold, ULONG *time_slice, TX_THREAD **next_thread,
                          TX_THREAD **next_suspended_thread);
UINT _tx_thread_info_get(TX_THREAD *thread_ptr, CHAR **name, UINT *state, ULONG *run_count, UINT *priority,
                         UINT *preemption_threshold, ULONG *time_slice, TX_THREAD **next_thread,
                         TX_THREAD **next_suspended_thread);
UINT _txe_thread_preemption_change(TX_THREAD *thread_ptr, UINT new_threshold, UINT *old_threshold);
UINT _tx_thread_preemption_change(TX_THREAD *thread_ptr, UINT new_threshold, UINT *old_threshold);
UINT _txe_thread_priority_change(TX_THREAD *thread_ptr, UINT new_priority, UINT *old_priority);
UINT _tx_thread_priority_change(TX_THREAD *thread_ptr, UINT new_priority, UINT *old_priority);
VOID _txe_thread_relinquish(VOID);
VOID _tx_thread_relinquish(VOID);
UINT _txe_thread_reset(TX_THREAD *thread_ptr);
UINT _tx_thread_reset(TX_THREAD *thread_ptr);
UINT _txe_thread_resume(TX_THREAD *thread_ptr);
UINT _tx_thread_resume(TX_THREAD *thread_ptr);
UINT _tx_thread_sleep(ULONG timer_ticks);
UINT _txe_thread_suspend(TX_THREAD *thread_ptr);
UINT _tx_thread_suspend(TX_THREAD *thread_ptr);
UINT _txe_thread_terminate(TX_THREAD *thread_ptr);
UINT _tx_thread_terminate(TX_THREAD *thread_ptr);
UINT _txe_thread_time_slice_change(TX_THREAD *thread_ptr, ULONG new_time_slice, ULONG *old_time_slice);
UINT _tx_thread_time_slice_change(TX_THREAD *thread_ptr, ULONG new_time_slice, ULONG *old_time_slice);
UINT _txe_thread_wait_abort(TX_THREAD *thread_ptr);
UINT _tx_thread_wait_abort(TX_THREAD *thread_ptr);
ULONG _tx_time_get(VOID);
VOID _tx_time_set(ULONG new_time);
UINT _txe_timer_activate(TX_TIMER *timer_ptr);
UINT _tx_timer_activate(TX_TIMER *timer_ptr);
UINT _txe_timer_change(TX_TIMER *timer_ptr, ULONG initial_ticks, ULONG reschedule_ticks);
UINT _tx_timer_change(TX_TIMER *timer_ptr, ULONG initial_ticks, ULONG reschedule_ticks);
UINT _txe_timer_create(TX_TIMER *timer_ptr, NETX_HOST_TEXT name_ptr, VOID (*expiration_function)(ULONG input),
                       ULONG expiration_input, ULONG initial_ticks, ULONG reschedule_ticks, UINT auto_activate,
                       UINT tx_timer_size);
UINT _tx_timer_create(TX_TIMER *timer_ptr, NETX_HOST_TEXT name_ptr, VOID (*expiration_function)(ULONG input),
                      ULONG expiration_input, ULONG initial_ticks, ULONG reschedule_ticks, UINT auto_activate);
UINT _txe_timer_deactivate(TX_TIMER *timer_ptr);
UINT _tx_timer_deactivate(TX_TIMER *timer_ptr);
UINT _txe_timer_delete(TX_TIMER *timer_ptr);
UINT _tx_timer_delete(TX_TIMER *timer_ptr);
UINT _txe_timer_info_get(TX_TIMER *timer_ptr, CHAR **name, UINT *active, ULONG *remaining_ticks,
                         ULONG *reschedule_ticks, TX_TIMER **next_timer);
UINT _tx_timer_info_get(TX_TIMER *timer_ptr, CHAR **name, UINT *active, ULONG *remaining_ticks, ULONG *reschedule_ticks,
                        TX_TIMER **next_timer);
UINT _txe_semaphore_ceiling_put(TX_SEMAPHORE *semaphore_ptr, ULONG ceiling);
UINT _tx_semaphore_ceiling_put(TX_SEMAPHORE *semaphore_ptr, ULONG ceiling);
UINT _txe_semaphore_create(TX_SEMAPHORE *semaphore_ptr, NETX_HOST_TEXT name_ptr, ULONG initial_count,
                           UINT tx_semaphore_size);
UINT _tx_semaphore_create(TX_SEMAPHORE *semaphore_ptr, NETX_HOST_TEXT name_ptr, ULONG initial_count);
UINT _txe_semaphore_delete(TX_SEMAPHORE *semaphore_ptr);
UINT _tx_semaphore_delete(TX_SEMAPHORE *semaphore_ptr);
UINT _txe_semaphore_get(TX_SEMAPHORE *semaphore_ptr, ULONG wait_option);
UINT _tx_semaphore_get(TX_SEMAPHORE *semaphore_ptr, ULONG wait_option);
UINT _txe_semaphore_info_get(TX_SEMAPHORE *semaphore_ptr, CHAR **name, ULONG *current_value,
                             TX_THREAD **first_suspended, ULONG *suspended_count, TX_SEMAPHORE **next_semaphore);
UINT _tx_semaphore_info_get(TX_SEMAPHORE *semaphore_ptr, CHAR **name, ULONG *current_value, TX_THREAD **first_suspended,
                            ULONG *suspended_count, TX_SEMAPHORE **next_semaphore);
UINT _txe_semaphore_prioritize(TX_SEMAPHORE *semaphore_ptr);
UINT _tx_semaphore_prioritize(TX_SEMAPHORE *semaphore_ptr);
UINT _txe_semaphore_put(TX_SEMAPHORE *semaphore_ptr);
UINT _tx_semaphore_put(TX_SEMAPHORE *semaphore_ptr);
UINT _txe_semaphore_put_notify(TX_SEMAPHORE *semaphore_ptr,
                               VOID (*semaphore_put_notify)(TX_SEMAPHORE *notify_semaphore_ptr));
UINT _tx_semaphore_put_notify(TX_SEMAPHORE *semaphore_ptr,
                              VOID (*semaphore_put_notify)(TX_SEMAPHORE *notify_semaphore_ptr));
UINT _txe_mutex_create(TX_MUTEX *mutex_ptr, NETX_HOST_TEXT name_ptr, UINT inherit, UINT tx_mutex_size);
UINT _tx_mutex_create(TX_MUTEX *mutex_ptr, NETX_HOST_TEXT name_ptr, UINT inherit);
UINT _txe_mutex_delete(TX_MUTEX *mutex_ptr);
UINT _tx_mutex_delete(TX_MUTEX *mutex_ptr);
UINT _txe_mutex_get(TX_MUTEX *mutex_ptr, ULONG wait_option);
UINT _tx_mutex_get(TX_MUTEX *mutex_ptr, ULONG wait_option);
UINT _txe_mutex_info_get(TX_MUTEX *mutex_ptr, CHAR **name, ULONG *count, TX_THREAD **owner, TX_THREAD **first_suspended,
                         ULONG *suspended_count, TX_MUTEX **next_mutex);
UINT _tx_mutex_info_get(TX_MUTEX *mutex_ptr, CHAR **name, ULONG *count, TX_THREAD **owner, TX_THREAD **first_suspended,
                        ULONG *suspended_count, TX_MUTEX **next_mutex);
UINT _txe_mutex_prioritize(TX_MUTEX *mutex_ptr);
UINT _tx_mutex_prioritize(TX_MUTEX *mutex_ptr);
UINT _txe_mutex_put(TX_MUTEX *mutex_ptr);
UINT _tx_mutex_put(TX_MUTEX *mutex_ptr);
UINT _txe_event_flags_create(TX_EVENT_FLAGS_GROUP *group_ptr, NETX_HOST_TEXT name_ptr, UINT tx_event_flags_group_size);
UINT _tx_event_flags_create(TX_EVENT_FLAGS_GROUP *group_ptr, NETX_HOST_TEXT name_ptr);
UINT _txe_event_flags_delete(TX_EVENT_FLAGS_GROUP *group_ptr);
UINT _tx_event_flags_delete(TX_EVENT_FLAGS_GROUP *group_ptr);
UINT _txe_event_flags_get(TX_EVENT_FLAGS_GROUP *group_ptr, ULONG requested_flags, UINT get_option,
                          ULONG *actual_flags_ptr, ULONG wait_option);
UINT _tx_event_flags_get(TX_EVENT_FLAGS_GROUP *group_ptr, ULONG requested_flags, UINT get_option,
                         ULONG *actual_flags_ptr, ULONG wait_option);
UINT _txe_event_flags_info_get(TX_EVENT_FLAGS_GROUP *group_ptr, CHAR **name, ULONG *current_flags,
                               TX_THREAD **first_suspended, ULONG *suspended_count, TX_EVENT_FLAGS_GROUP **next_group);
UINT _tx_event_flags_info_get(TX_EVENT_FLAGS_GROUP *group_ptr, CHAR **name, ULONG *current_flags,
                              TX_THREAD **first_suspended, ULONG *suspended_count, TX_EVENT_FLAGS_GROUP **next_group);
UINT _txe_event_flags_set(TX_EVENT_FLAGS_GROUP *group_ptr, ULONG flags_to_set, UINT set_option);
UINT _tx_event_flags_set(TX_EVENT_FLAGS_GROUP *group_ptr, ULONG flags_to_set, UINT set_option);
UINT _txe_event_flags_set_notify(TX_EVENT_FLAGS_GROUP *group_ptr,
                                 VOID (*events_set_notify)(TX_EVENT_FLAGS_GROUP *notify_group_ptr));
UINT _tx_event_flags_set_notify(TX_EVENT_FLAGS_GROUP *group_ptr,
                                VOID (*events_set_notify)(TX_EVENT_FLAGS_GROUP *notify_group_ptr));
UINT _txe_queue_create(TX_QUEUE *queue_ptr, NETX_HOST_TEXT name_ptr, UINT message_size, VOID *queue_start,
                       ULONG queue_size, UINT tx_queue_size);
UINT _tx_queue_create(TX_QUEUE *queue_ptr, NETX_HOST_TEXT name_ptr, UINT message_size, VOID *queue_start,
                      ULONG queue_size);
UINT _txe_queue_delete(TX_QUEUE *queue_ptr);
UINT _tx_queue_delete(TX_QUEUE *queue_ptr);
UINT _txe_queue_flush(TX_QUEUE *queue_ptr);
UINT _tx_queue_flush(TX_QUEUE *queue_ptr);
UINT _txe_queue_front_send(TX_QUEUE *queue_ptr, VOID *source_ptr, ULONG wait_option);
UINT _tx_queue_front_send(TX_QUEUE *queue_ptr, VOID *source_ptr, ULONG wait_option);
UINT _txe_queue_info_get(TX_QUEUE *queue_ptr, CHAR **name, ULONG *enqueued, ULONG *available_storage,
                         TX_THREAD **first_suspended, ULONG *suspended_count, TX_QUEUE **next_queue);
UINT _tx_queue_info_get(TX_QUEUE *queue_ptr, CHAR **name, ULONG *enqueued, ULONG *available_storage,
                        TX_THREAD **first_suspended, ULONG *suspended_count, TX_QUEUE **next_queue);
UINT _txe_queue_prioritize(TX_QUEUE *queue_ptr);
UINT _tx_queue_prioritize(TX_QUEUE *queue_ptr);
UINT _txe_queue_receive(TX_QUEUE *queue_ptr, VOID *destination_ptr, ULONG wait_option);
UINT _tx_queue_receive(TX_QUEUE *queue_ptr, VOID *destination_ptr, ULONG wait_option);
UINT _txe_queue_send(TX_QUEUE *queue_ptr, VOID *source_ptr, ULONG wait_option);
UINT _tx_queue_send(TX_QUEUE *queue_ptr, VOID *source_ptr, ULONG wait_option);
UINT _txe_queue_send_notify(TX_QUEUE *queue_ptr, VOID (*queue_send_notify)(TX_QUEUE *notify_queue_ptr));
UINT _tx_queue_send_notify(TX_QUEUE *queue_ptr, VOID (*queue_send_notify)(TX_QUEUE *notify_queue_ptr));
UINT _txe_byte_allocate(TX_BYTE_POOL *pool_ptr, VOID **memory_ptr, ULONG memory_size, ULONG wait_option);
UINT _tx_byte_allocate(TX_BYTE_POOL *pool_ptr, VOID **memory_ptr, ULONG memory_size, ULONG wait_option);
UINT _txe_byte_pool_create(TX_BYTE_POOL *pool_ptr, NETX_HOST_TEXT name_ptr, VOID *pool_start, ULONG pool_size,
                           UINT tx_byte_pool_size);
UINT _tx_byte_pool_create(TX_BYTE_POOL *pool_ptr, NETX_HOST_TEXT name_ptr, VOID *pool_start, ULONG pool_size);
UINT _txe_byte_pool_delete(TX_BYTE_POOL *pool_ptr);
UINT _tx_byte_pool_delete(TX_BYTE_POOL *pool_ptr);
UINT _txe_byte_pool_info_get(TX_BYTE_POOL *pool_ptr, CHAR **name, ULONG *available_bytes, ULONG *fragments,
                             TX_THREAD **first_suspended, ULONG *suspended_count, TX_BYTE_POOL **next_pool);
UINT _tx_byte_pool_info_get(TX_BYTE_POOL *pool_ptr, CHAR **name, ULONG *available_bytes, ULONG *fragments,
                            TX_THREAD **first_suspended, ULONG *suspended_count, TX_BYTE_POOL **next_pool);
UINT _txe_byte_pool_prioritize(TX_BYTE_POOL *pool_ptr);
UINT _tx_byte_pool_prioritize(TX_BYTE_POOL *pool_ptr);
UINT _txe_byte_release(VOID *memory_ptr);
UINT _tx_byte_release(VOID *memory_ptr);
UINT _txe_block_allocate(TX_BLOCK_POOL *pool_ptr, VOID **block_ptr, ULONG wait_option);
UINT _tx_block_allocate(TX_BLOCK_POOL *pool_ptr, VOID **block_ptr, ULONG wait_option);
UINT _txe_block_pool_create(TX_BLOCK_POOL *pool_ptr, NETX_HOST_TEXT name_ptr, ULONG block_size, VOID *pool_start,
                            ULONG pool_size, UINT tx_block_pool_size);
UINT _tx_block_pool_create(TX_BLOCK_POOL *pool_ptr, NETX_HOST_TEXT name_ptr, ULONG block_size, VOID *pool_start,
                           ULONG pool_size);
UINT _txe_block_pool_delete(TX_BLOCK_POOL *pool_ptr);
UINT _tx_block_pool_delete(TX_BLOCK_POOL *pool_ptr);
UINT _txe_block_pool_info_get(TX_BLOCK_POOL *pool_ptr, CHAR **name, ULONG *available_blocks, ULONG *total_blocks,
                              TX_THREAD **first_suspended, ULONG *suspended_count, TX_BLOCK_POOL **next_pool);
UINT _tx_block_pool_info_get(TX_BLOCK_POOL *pool_ptr, CHAR **name, ULONG *available_blocks, ULONG *total_blocks,
                             TX_THREAD **first_suspended, ULONG *suspended_count, TX_BLOCK_POOL **next_pool);
UINT _txe_block_pool_prioritize(TX_BLOCK_POOL *pool_ptr);
UINT _tx_block_pool_prioritize(TX_BLOCK_POOL *pool_ptr);
UINT _txe_block_release(VOID *block_ptr);
UINT _tx_block_release(VOID *block_ptr);
UINT _tx_interrupt_control(UINT new_posture);

#ifdef TX_DISABLE_ERROR_CHECKING
#define tx_kernel_enter                         _tx_initialize_kernel_enter
#define tx_thread_create                        _tx_thread_create
#define tx_thread_delete                        _tx_thread_delete
#define tx_thread_entry_exit_notify             _tx_thread_entry_exit_notify
#define tx_thread_identify                      _tx_thread_identify
#define tx_thread_info_get                      _tx_thread_info_get
#define tx_thread_preemption_change             _tx_thread_preemption_change
#define tx_thread_priority_change               _tx_thread_priority_change
#define tx_thread_relinquish                    _tx_thread_relinquish
#define tx_thread_reset                         _tx_thread_reset
#define tx_thread_resume                        _tx_thread_resume
#define tx_thread_sleep                         _tx_thread_sleep
#define tx_thread_suspend                       _tx_thread_suspend
#define tx_thread_terminate                     _tx_thread_terminate
#define tx_thread_time_slice_change             _tx_thread_time_slice_change
#define tx_thread_wait_abort                    _tx_thread_wait_abort
#define tx_time_get                             _tx_time_get
#define tx_time_set                             _tx_time_set
#define tx_timer_activate                       _tx_timer_activate
#define tx_timer_change                         _tx_timer_change
#define tx_timer_create                         _tx_timer_create
#define tx_timer_deactivate                     _tx_timer_deactivate
#define tx_timer_delete                         _tx_timer_delete
#define tx_timer_info_get                       _tx_timer_info_get
#define tx_semaphore_ceiling_put                _tx_semaphore_ceiling_put
#define tx_semaphore_create                     _tx_semaphore_create
#define tx_semaphore_delete                     _tx_semaphore_delete
#define tx_semaphore_get                        _tx_semaphore_get
#define tx_semaphore_info_get                   _tx_semaphore_info_get
#define tx_semaphore_prioritize                 _tx_semaphore_prioritize
#define tx_semaphore_put                        _tx_semaphore_put
#define tx_semaphore_put_notify                 _tx_semaphore_put_notify
#define tx_mutex_create                         _tx_mutex_create
#define tx_mutex_delete                         _tx_mutex_delete
#define tx_mutex_get                            _tx_mutex_get
#define tx_mutex_info_get                       _tx_mutex_info_get
#define tx_mutex_prioritize                     _tx_mutex_prioritize
#define tx_mutex_put                            _tx_mutex_put
#define tx_event_flags_create                   _tx_event_flags_create
#define tx_event_flags_delete                   _tx_event_flags_delete
#define tx_event_flags_get                      _tx_event_flags_get
#define tx_event_flags_info_get                 _tx_event_flags_info_get
#define tx_event_flags_set                      _tx_event_flags_set
#define tx_event_flags_set_notify               _tx_event_flags_set_notify
#define tx_queue_create                         _tx_queue_create
#define tx_queue_delete                         _tx_queue_delete
#define tx_queue_flush                          _tx_queue_flush
#define tx_queue_front_send                     _tx_queue_front_send
#define tx_queue_info_get                       _tx_queue_info_get
#define tx_queue_prioritize                     _tx_queue_prioritize
#define tx_queue_receive                        _tx_queue_receive
#define tx_queue_send                           _tx_queue_send
#define tx_queue_send_notify                    _tx_queue_send_notify
#define tx_byte_allocate                        _tx_byte_allocate
#define tx_byte_pool_create                     _tx_byte_pool_create
#define tx_byte_pool_delete                     _tx_byte_pool_delete
#define tx_byte_pool_info_get                   _tx_byte_pool_info_get
#define tx_byte_pool_prioritize                 _tx_byte_pool_prioritize
#define tx_byte_release                         _tx_byte_release
#define tx_block_allocate                       _tx_block_allocate
#define tx_block_pool_create                    _tx_block_pool_create
#define tx_block_pool_delete                    _tx_block_pool_delete
#define tx_block_pool_info_get                  _tx_block_pool_info_get
#define tx_block_pool_prioritize                _tx_block_pool_prioritize
#define tx_block_release                        _tx_block_release
#define tx_interrupt_control                    _tx_interrupt_control
#else
#define tx_kernel_enter                         _tx_initialize_kernel_enter
#define tx_thread_create(thread_ptr, name_ptr, entry_function, entry_input, stack_start, stack_size, priority, preempt_threshold, time_slice, auto_start) \
    _txe_thread_create((thread_ptr), NETX_HOST_NAME(name_ptr), (entry_function), (entry_input), (stack_start), \
                       (stack_size), (priority), (preempt_threshold), (time_slice), (auto_start), \
                       NETX_HOST_UINT(sizeof(TX_THREAD)))
#define tx_thread_delete                        _txe_thread_delete
#define tx_thread_entry_exit_notify             _txe_thread_entry_exit_notify
#define tx_thread_identify                      _tx_thread_identify
#define tx_thread_info_get                      _txe_thread_info_get
#define tx_thread_preemption_change             _txe_thread_preemption_change
#define tx_thread_priority_change               _txe_thread_priority_change
#define tx_thread_relinquish                    _txe_thread_relinquish
#define tx_thread_reset                         _txe_thread_reset
#define tx_thread_resume                        _txe_thread_resume
#define tx_thread_sleep                         _tx_thread_sleep
#define tx_thread_suspend                       _txe_thread_suspend
#define tx_thread_terminate                     _txe_thread_terminate
#define tx_thread_time_slice_change             _txe_thread_time_slice_change
#define tx_thread_wait_abort                    _txe_thread_wait_abort
#define tx_time_get                             _tx_time_get
#define tx_time_set                             _tx_time_set
#define tx_timer_activate                       _txe_timer_activate
#define tx_timer_change                         _txe_timer_change
#define tx_timer_create(timer_ptr, name_ptr, expiration_function, expiration_input, initial_ticks, reschedule_ticks, auto_activate) \
    _txe_timer_create((timer_ptr), NETX_HOST_NAME(name_ptr), (expiration_function), (expiration_input), \
                      (initial_ticks), (reschedule_ticks), (auto_activate), NETX_HOST_UINT(sizeof(TX_TIMER)))
#define tx_timer_deactivate                     _txe_timer_deactivate
#define tx_timer_delete                         _txe_timer_delete
#define tx_timer_info_get                       _txe_timer_info_get
#define tx_semaphore_ceiling_put                _txe_semaphore_ceiling_put
#define tx_semaphore_create(semaphore_ptr, name_ptr, initial_count) \
    _txe_semaphore_create((semaphore_ptr), NETX_HOST_NAME(name_ptr), (initial_count), \
                          NETX_HOST_UINT(sizeof(TX_SEMAPHORE)))
#define tx_semaphore_delete                     _txe_semaphore_delete
#define tx_semaphore_get                        _txe_semaphore_get
#define tx_semaphore_info_get                   _txe_semaphore_info_get
#define tx_semaphore_prioritize                 _txe_semaphore_prioritize
#define tx_semaphore_put                        _txe_semaphore_put
#define tx_semaphore_put_notify                 _txe_semaphore_put_notify
#define tx_mutex_create(mutex_ptr, name_ptr, inherit) \
    _txe_mutex_create((mutex_ptr), NETX_HOST_NAME(name_ptr), (inherit), NETX_HOST_UINT(sizeof(TX_MUTEX)))
#define tx_mutex_delete                         _txe_mutex_delete
#define tx_mutex_get                            _txe_mutex_get
#define tx_mutex_info_get                       _txe_mutex_info_get
#define tx_mutex_prioritize                     _txe_mutex_prioritize
#define tx_mutex_put                            _txe_mutex_put
#define tx_event_flags_create(group_ptr, name_ptr) \
    _txe_event_flags_create((group_ptr), NETX_HOST_NAME(name_ptr), NETX_HOST_UINT(sizeof(TX_EVENT_FLAGS_GROUP)))
#define tx_event_flags_delete                   _txe_event_flags_delete
#define tx_event_flags_get                      _txe_event_flags_get
#define tx_event_flags_info_get                 _txe_event_flags_info_get
#define tx_event_flags_set                      _txe_event_flags_set
#define tx_event_flags_set_notify               _txe_event_flags_set_notify
#define tx_queue_create(queue_ptr, name_ptr, message_size, queue_start, queue_size) \
    _txe_queue_create((queue_ptr), NETX_HOST_NAME(name_ptr), (message_size), (queue_start), (queue_size), \
                      NETX_HOST_UINT(sizeof(TX_QUEUE)))
#define tx_queue_delete                         _txe_queue_delete
#define tx_queue_flush                          _txe_queue_flush
#define tx_queue_front_send                     _txe_queue_front_send
#define tx_queue_info_get                       _txe_queue_info_get
#define tx_queue_prioritize                     _txe_queue_prioritize
#define tx_queue_receive                        _txe_queue_receive
#define tx_queue_send                           _txe_queue_send
#define tx_queue_send_notify                    _txe_queue_send_notify
#define tx_byte_allocate                        _txe_byte_allocate
#define tx_byte_pool_create(pool_ptr, name_ptr, pool_start, pool_size) \
    _txe_byte_pool_create((pool_ptr), NETX_HOST_NAME(name_ptr), (pool_start), (pool_size), \
                          NETX_HOST_UINT(sizeof(TX_BYTE_POOL)))
#define tx_byte_pool_delete                     _txe_byte_pool_delete
#define tx_byte_pool_info_get                   _txe_byte_pool_info_get
#define tx_byte_pool_prioritize                 _txe_byte_pool_prioritize
#define tx_byte_release                         _txe_byte_release
#define tx_block_allocate                       _txe_block_allocate
#define tx_block_pool_create(pool_ptr, name_ptr, block_size, pool_start, pool_size) \
    _txe_block_pool_create((pool_ptr), NETX_HOST_NAME(name_ptr), (block_size), (pool_start), (pool_size), \
                           NETX_HOST_UINT(sizeof(TX_BLOCK_POOL)))
#define tx_block_pool_delete                    _txe_block_pool_delete
#define tx_block_pool_info_get                  _txe_block_pool_info_get
#define tx_block_pool_prioritize                _txe_block_pool_prioritize
#define tx_block_release                        _txe_block_release
#define tx_interrupt_control                    _tx_interrupt_control
#endif
#define _tx_thread_interrupt_control            _tx_interrupt_control

/* What a default build leaves out: performance counters, stack checks, the trace. */
NETX_HOST_INLINE UINT tx_block_pool_performance_info_get(TX_BLOCK_POOL *pool_ptr, ULONG *allocates, ULONG *releases,
                                                         ULONG *suspensions, ULONG *timeouts)
{ (void)pool_ptr; (void)allocates; (void)releases; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_block_pool_performance_system_info_get(ULONG *allocates, ULONG *releases, ULONG *suspensions,
                                                                ULONG *timeouts)
{ (void)allocates; (void)releases; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_byte_pool_performance_info_get(TX_BYTE_POOL *pool_ptr, ULONG *allocates, ULONG *releases,
                                                        ULONG *fragments_searched, ULONG *merges, ULONG *splits,
                                                        ULONG *suspensions, ULONG *timeouts)
{ (void)pool_ptr; (void)allocates; (void)releases; (void)fragments_searched; (void)merges; (void)splits; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_byte_pool_performance_system_info_get(ULONG *allocates, ULONG *releases,
                                                               ULONG *fragments_searched, ULONG *merges, ULONG *splits,
                                                               ULONG *suspensions, ULONG *timeouts)
{ (void)allocates; (void)releases; (void)fragments_searched; (void)merges; (void)splits; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_event_flags_performance_info_get(TX_EVENT_FLAGS_GROUP *group_ptr, ULONG *sets, ULONG *gets,
                                                          ULONG *suspensions, ULONG *timeouts)
{ (void)group_ptr; (void)sets; (void)gets; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_event_flags_performance_system_info_get(ULONG *sets, ULONG *gets, ULONG *suspensions,
                                                                 ULONG *timeouts)
{ (void)sets; (void)gets; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_mutex_performance_info_get(TX_MUTEX *mutex_ptr, ULONG *puts, ULONG *gets, ULONG *suspensions,
                                                    ULONG *timeouts, ULONG *inversions, ULONG *inheritances)
{ (void)mutex_ptr; (void)puts; (void)gets; (void)suspensions; (void)timeouts; (void)inversions; (void)inheritances; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_mutex_performance_system_info_get(ULONG *puts, ULONG *gets, ULONG *suspensions,
                                                           ULONG *timeouts, ULONG *inversions, ULONG *inheritances)
{ (void)puts; (void)gets; (void)suspensions; (void)timeouts; (void)inversions; (void)inheritances; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_queue_performance_info_get(TX_QUEUE *queue_ptr, ULONG *messages_sent, ULONG *messages_received,
                                                    ULONG *empty_suspensions, ULONG *full_suspensions,
                                                    ULONG *full_errors, ULONG *timeouts)
{ (void)queue_ptr; (void)messages_sent; (void)messages_received; (void)empty_suspensions; (void)full_suspensions; (void)full_errors; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_queue_performance_system_info_get(ULONG *messages_sent, ULONG *messages_received,
                                                           ULONG *empty_suspensions, ULONG *full_suspensions,
                                                           ULONG *full_errors, ULONG *timeouts)
{ (void)messages_sent; (void)messages_received; (void)empty_suspensions; (void)full_suspensions; (void)full_errors; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_semaphore_performance_info_get(TX_SEMAPHORE *semaphore_ptr, ULONG *puts, ULONG *gets,
                                                        ULONG *suspensions, ULONG *timeouts)
{ (void)semaphore_ptr; (void)puts; (void)gets; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_semaphore_performance_system_info_get(ULONG *puts, ULONG *gets, ULONG *suspensions,
                                                               ULONG *timeouts)
{ (void)puts; (void)gets; (void)suspensions; (void)timeouts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_thread_performance_info_get(TX_THREAD *thread_ptr, ULONG *resumptions, ULONG *suspensions,
                                                     ULONG *solicited_preemptions, ULONG *interrupt_preemptions,
                                                     ULONG *priority_inversions, ULONG *time_slices,
                                                     ULONG *relinquishes, ULONG *timeouts, ULONG *wait_aborts,
                                                     TX_THREAD **last_preempted_by)
{ (void)thread_ptr; (void)resumptions; (void)suspensions; (void)solicited_preemptions; (void)interrupt_preemptions; (void)priority_inversions; (void)time_slices; (void)relinquishes; (void)timeouts; (void)wait_aborts; (void)last_preempted_by; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_thread_performance_system_info_get(ULONG *resumptions, ULONG *suspensions,
                                                            ULONG *solicited_preemptions, ULONG *interrupt_preemptions,
                                                            ULONG *priority_inversions, ULONG *time_slices,
                                                            ULONG *relinquishes, ULONG *timeouts, ULONG *wait_aborts,
                                                            ULONG *non_idle_returns, ULONG *idle_returns)
{ (void)resumptions; (void)suspensions; (void)solicited_preemptions; (void)interrupt_preemptions; (void)priority_inversions; (void)time_slices; (void)relinquishes; (void)timeouts; (void)wait_aborts; (void)non_idle_returns; (void)idle_returns; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_timer_performance_info_get(TX_TIMER *timer_ptr, ULONG *activates, ULONG *reactivates,
                                                    ULONG *deactivates, ULONG *expirations, ULONG *expiration_adjusts)
{ (void)timer_ptr; (void)activates; (void)reactivates; (void)deactivates; (void)expirations; (void)expiration_adjusts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_timer_performance_system_info_get(ULONG *activates, ULONG *reactivates, ULONG *deactivates,
                                                           ULONG *expirations, ULONG *expiration_adjusts)
{ (void)activates; (void)reactivates; (void)deactivates; (void)expirations; (void)expiration_adjusts; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_thread_stack_error_notify(VOID (*stack_error_handler)(TX_THREAD *thread_ptr))
{ (void)stack_error_handler; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_enable(VOID *trace_buffer_start, ULONG trace_buffer_size, ULONG registry_entries)
{ (void)trace_buffer_start; (void)trace_buffer_size; (void)registry_entries; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_disable(VOID)
{ return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_event_filter(ULONG event_filter_bits)
{ (void)event_filter_bits; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_event_unfilter(ULONG event_unfilter_bits)
{ (void)event_unfilter_bits; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_buffer_full_notify(VOID (*full_buffer_callback)(VOID *buffer))
{ (void)full_buffer_callback; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE UINT tx_trace_user_event_insert(ULONG event_id, ULONG info_field_1, ULONG info_field_2,
                                                 ULONG info_field_3, ULONG info_field_4)
{ (void)event_id; (void)info_field_1; (void)info_field_2; (void)info_field_3; (void)info_field_4; return TX_FEATURE_NOT_ENABLED; }
NETX_HOST_INLINE VOID tx_trace_isr_enter_insert(ULONG isr_id)
{ (void)isr_id; }
NETX_HOST_INLINE VOID tx_trace_isr_exit_insert(ULONG isr_id)
{ (void)isr_id; }

/* For the stack: see netx_host_tables.h. */
#ifndef NETX_HOST_NO_TABLES
NETX_HOST_KEPT const struct netx_host_value netx_host_tx_config[] = {
    NETX_HOST_VALUE(TX_TIMER_TICKS_PER_SECOND),
    NETX_HOST_VALUE(TX_MAX_PRIORITIES),
    NETX_HOST_VALUE(TX_MINIMUM_STACK),
    NETX_HOST_VALUE(TX_LINUX_MEMORY_SIZE),
    NETX_HOST_VALUE(TX_TIMER_THREAD_PRIORITY),
#ifdef TX_DISABLE_NOTIFY_CALLBACKS
    NETX_HOST_FLAG("TX_DISABLE_NOTIFY_CALLBACKS"),
#endif
    {0, 0}
};
NETX_HOST_KEPT const struct netx_host_field netx_host_tx_layout[] = {
    NETX_HOST_STRUCT(TX_THREAD),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_id),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_run_count),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_stack_ptr),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_stack_start),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_stack_end),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_stack_size),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_time_slice),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_name),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_priority),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_state),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_preempt_threshold),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_entry),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_entry_parameter),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_created_next),
    NETX_HOST_FIELD(TX_THREAD, tx_thread_created_previous),
    NETX_HOST_STRUCT(TX_TIMER),
    NETX_HOST_FIELD(TX_TIMER, tx_timer_id),
    NETX_HOST_FIELD(TX_TIMER, tx_timer_name),
    NETX_HOST_FIELD(TX_TIMER, tx_timer_created_next),
    NETX_HOST_FIELD(TX_TIMER, tx_timer_created_previous),
    NETX_HOST_STRUCT(TX_SEMAPHORE),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_id),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_name),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_count),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_suspension_list),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_suspended_count),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_created_next),
    NETX_HOST_FIELD(TX_SEMAPHORE, tx_semaphore_created_previous),
    NETX_HOST_STRUCT(TX_MUTEX),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_id),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_name),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_ownership_count),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_inherit),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_owner),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_suspension_list),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_suspended_count),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_created_next),
    NETX_HOST_FIELD(TX_MUTEX, tx_mutex_created_previous),
    NETX_HOST_STRUCT(TX_EVENT_FLAGS_GROUP),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_id),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_name),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_current),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_suspension_list),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_suspended_count),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_created_next),
    NETX_HOST_FIELD(TX_EVENT_FLAGS_GROUP, tx_event_flags_group_created_previous),
    NETX_HOST_STRUCT(TX_QUEUE),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_id),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_name),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_message_size),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_capacity),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_enqueued),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_available_storage),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_suspension_list),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_suspended_count),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_created_next),
    NETX_HOST_FIELD(TX_QUEUE, tx_queue_created_previous),
    NETX_HOST_STRUCT(TX_BYTE_POOL),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_id),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_name),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_available),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_fragments),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_start),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_size),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_owner),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_suspension_list),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_suspended_count),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_created_next),
    NETX_HOST_FIELD(TX_BYTE_POOL, tx_byte_pool_created_previous),
    NETX_HOST_STRUCT(TX_BLOCK_POOL),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_id),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_name),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_available),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_total),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_start),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_size),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_block_size),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_suspension_list),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_suspended_count),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_created_next),
    NETX_HOST_FIELD(TX_BLOCK_POOL, tx_block_pool_created_previous),
    {0, 0, 0}
};
#endif

#ifdef __cplusplus
}
#endif

#endif
