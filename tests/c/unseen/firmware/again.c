/* Everything is created, used, deleted and created again; threads are terminated in the middle of waits and reset. */
#include "nx_api.h"
static NX_PACKET_POOL pool; static UCHAR pool_area[700 * 20]; static NX_IP ip, peer; static UCHAR stacks[5][2048], arp[2][1024]; static TX_THREAD driver_thread, server, waiter;
static NX_TCP_SOCKET s, c; static UINT errors, exits, accepted, establish, complete, updates, depth; static TX_SEMAPHORE sem; static TX_MUTEX mutex; static TX_QUEUE queue; static ULONG queue_area[4];
extern VOID _nx_ram_network_driver_512(NX_IP_DRIVER *);
#define CHECK(x) do { UINT s_ = (x); if (s_) { errors++; printf("line %d: 0x%x\n", __LINE__, s_); } } while (0)
#define TRUE_(x) do { if (!(x)) { errors++; printf("line %d: %s\n", __LINE__, #x); } } while (0)
static VOID on_exit_(TX_THREAD *thread, UINT id) { TRUE_(thread == &waiter); if (id == TX_THREAD_EXIT) exits++; }
static VOID on_establish(NX_TCP_SOCKET *x) { TRUE_(x == &c || x == &s); establish++; }
static VOID on_complete(NX_TCP_SOCKET *x) { (VOID)x; complete++; }
static VOID on_window(NX_TCP_SOCKET *x) { (VOID)x; updates++; }
static VOID waiter_entry(ULONG what)
{
    ULONG m;
    if (what == 0) { CHECK(tx_mutex_get(&mutex, TX_WAIT_FOREVER)); tx_semaphore_get(&sem, TX_WAIT_FOREVER); }
    if (what == 1) tx_queue_receive(&queue, &m, TX_WAIT_FOREVER);
    tx_thread_suspend(tx_thread_identify());
}
static VOID server_entry(ULONG input)
{
    NX_PACKET *packet; ULONG n, total = 0; (VOID)input;
    CHECK(nx_tcp_socket_create(&peer, &s, "s", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 1000, NX_NULL, NX_NULL));
    CHECK(nx_tcp_server_socket_listen(&peer, 25, &s, 2, NX_NULL));
    CHECK(nx_tcp_server_socket_accept(&s, NX_WAIT_FOREVER)); accepted++;
    tx_thread_sleep(150); /* let its window fill */
    while (nx_tcp_socket_receive(&s, &packet, 300) == NX_SUCCESS) { nx_packet_length_get(packet, &n); total += n; nx_packet_release(packet); }
    TRUE_(total == 5000);
    CHECK(nx_tcp_socket_disconnect(&s, 200)); CHECK(nx_tcp_server_socket_unaccept(&s)); CHECK(nx_tcp_server_socket_unlisten(&peer, 25)); CHECK(nx_tcp_socket_delete(&s));
}
static VOID once(UINT round)
{
    NX_PACKET *packet; UCHAR data[500]; UINT i, state; ULONG sent, bytes, resent, tx_window, rx_window, mss, available; NX_IP *ips[2]; CHAR *name; ULONG runs;
    ips[0] = &ip; ips[1] = &peer; memset(data, 'x', sizeof data);
    CHECK(nx_packet_pool_create(&pool, "pool", 600, pool_area, sizeof pool_area));
    for (i = 0; i < 2; i++) {
        CHECK(nx_ip_create(ips[i], "ip", IP_ADDRESS(10, 0, 0, 1 + i), 0xFFFFFF00, &pool, _nx_ram_network_driver_512, stacks[i], 2048, 1));
        CHECK(nx_arp_enable(ips[i], arp[i], 1024)); CHECK(nx_tcp_enable(ips[i]));
        TRUE_(nx_tcp_enable(ips[i]) == NX_ALREADY_ENABLED);
    }
    CHECK(tx_thread_create(&server, "server", server_entry, 0, stacks[2], 2048, 3, 3, 0, TX_AUTO_START));
    tx_thread_sleep(3);
    CHECK(nx_tcp_socket_create(&ip, &c, "c", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 1000, NX_NULL, NX_NULL));
    CHECK(nx_tcp_socket_transmit_configure(&c, 6, 100, 5, 0)); CHECK(nx_tcp_socket_establish_notify(&c, on_establish));
    CHECK(nx_tcp_socket_disconnect_complete_notify(&c, on_complete)); CHECK(nx_tcp_socket_window_update_notify_set(&c, on_window));
    CHECK(nx_tcp_client_socket_bind(&c, 1000 + round, NX_NO_WAIT)); CHECK(nx_tcp_client_socket_connect(&c, IP_ADDRESS(10, 0, 0, 2), 25, 300));
    CHECK(nx_tcp_socket_mss_get(&c, &mss)); TRUE_(mss == 512 - 40);
    TRUE_(c.nx_tcp_socket_rx_window_last_sent == 1000 && c.nx_tcp_socket_tx_slow_start_threshold && !c.nx_tcp_socket_fast_recovery && !c.nx_tcp_socket_duplicated_ack_received);
    for (i = 0; i < 10; i++) {
        UINT status;
        CHECK(nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, 100)); CHECK(nx_packet_data_append(packet, data, 500, &pool, 100));
        status = nx_tcp_socket_send(&c, packet, NX_NO_WAIT);
        if (status == NX_WINDOW_OVERFLOW || status == NX_TX_QUEUE_DEPTH) { depth++; status = nx_tcp_socket_send(&c, packet, 500); }
        CHECK(status);
    }
    CHECK(nx_tcp_socket_info_get(&c, &sent, &bytes, NX_NULL, NX_NULL, &resent, NX_NULL, NX_NULL, NX_NULL, NX_NULL, &tx_window, &rx_window));
    TRUE_(bytes == 5000 && rx_window == 1000);
    CHECK(nx_tcp_socket_bytes_available(&c, &available)); TRUE_(available == 0);
    CHECK(nx_tcp_socket_disconnect(&c, 500)); CHECK(nx_tcp_client_socket_unbind(&c)); CHECK(nx_tcp_socket_delete(&c));
    tx_thread_sleep(400);
    CHECK(tx_thread_info_get(&server, &name, &state, &runs, NX_NULL, NX_NULL, NX_NULL, NX_NULL, NX_NULL)); TRUE_(state == TX_COMPLETED && runs > 1);
    CHECK(tx_thread_delete(&server));

    CHECK(tx_semaphore_create(&sem, "s", 0)); CHECK(tx_mutex_create(&mutex, "m", TX_NO_INHERIT)); CHECK(tx_queue_create(&queue, "q", 1, queue_area, sizeof queue_area));
    CHECK(tx_thread_create(&waiter, "w", waiter_entry, round, stacks[3], 2048, 2, 2, 0, TX_DONT_START));
    CHECK(tx_thread_entry_exit_notify(&waiter, on_exit_)); CHECK(tx_thread_resume(&waiter));
    if (round == 0) TRUE_(mutex.tx_mutex_owner == &waiter && sem.tx_semaphore_suspended_count == 1 && sem.tx_semaphore_suspension_list == &waiter);
    CHECK(tx_thread_terminate(&waiter)); TRUE_(mutex.tx_mutex_owner == TX_NULL && sem.tx_semaphore_suspended_count == 0);
    CHECK(tx_thread_reset(&waiter)); CHECK(tx_thread_resume(&waiter)); CHECK(tx_thread_wait_abort(&waiter)); TRUE_(waiter.tx_thread_state == TX_SUSPENDED);
    CHECK(tx_thread_terminate(&waiter)); CHECK(tx_thread_delete(&waiter)); CHECK(tx_semaphore_delete(&sem)); CHECK(tx_mutex_delete(&mutex)); CHECK(tx_queue_delete(&queue));
    for (i = 0; i < 2; i++) CHECK(nx_ip_delete(ips[i]));
    TRUE_(pool.nx_packet_pool_available == pool.nx_packet_pool_total);
    CHECK(nx_packet_pool_delete(&pool)); TRUE_(ip.nx_ip_id == 0 && pool.nx_packet_pool_id == 0);
}
static VOID entry(ULONG rounds) { UINT i; for (i = 0; i < rounds; i++) once(i); }
VOID tx_application_define(VOID *memory) { (VOID)memory; nx_system_initialize(); tx_thread_create(&driver_thread, "d", entry, 2, stacks[4], 2048, 10, 10, 0, TX_AUTO_START); }
int main(void)
{
    tx_kernel_enter();
    printf("exits %u accepted %u establish %u complete %u updates %u depth %u errors %u at %u\n", exits, accepted, establish, complete, updates, depth, errors, tx_time_get());
    return errors || exits != 4 || accepted != 2;
}
