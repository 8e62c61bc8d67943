// Classes around the kernel's objects; callbacks find their object through a table.
extern "C" {
#include "nx_api.h"
}
#include <vector>
#include <string>
#include <cstdio>

extern "C" VOID _nx_ram_network_driver(NX_IP_DRIVER *request);

namespace app {

class Thread {
public:
    typedef void (Thread::*Body)();
    explicit Thread(const char *name, UINT priority) : stack_(4096)
    {
        table().push_back(this);
        status = tx_thread_create(&block_, const_cast<CHAR *>(name), &Thread::start, static_cast<ULONG>(table().size() - 1),
                                  &stack_[0], static_cast<ULONG>(stack_.size()), priority, priority, TX_NO_TIME_SLICE, TX_AUTO_START);
    }
    virtual ~Thread() {}
    virtual void run() = 0;
    UINT status;
    TX_THREAD *block() { return &block_; }
private:
    static void start(ULONG index) { table()[index]->run(); }
    static std::vector<Thread *> &table() { static std::vector<Thread *> all; return all; }
    TX_THREAD block_ = {};
    std::vector<UCHAR> stack_;
};

class Guard {
public:
    explicit Guard(TX_MUTEX &mutex) : mutex_(mutex) { tx_mutex_get(&mutex_, TX_WAIT_FOREVER); }
    ~Guard() { tx_mutex_put(&mutex_); }
private:
    TX_MUTEX &mutex_;
};

static NX_PACKET_POOL pool;
static NX_IP ips[2];
static UCHAR pool_area[20000], ip_stack[2][2048], arp[2][512];
static TX_MUTEX mutex;
static TX_EVENT_FLAGS_GROUP events;
static std::string log_text;
static UINT errors;
enum : ULONG { CONNECTED = 1, RECEIVED = 2, CLOSED = 4, DONE = 8 };

static void say(const char *what) { Guard guard(mutex); log_text += what; log_text += ' '; }

class Server : public Thread {
public:
    Server() : Thread("server", 4), socket_() {}
    static void on_connect(NX_TCP_SOCKET *, UINT) { tx_event_flags_set(&events, CONNECTED, TX_OR); }
    static void on_receive(NX_TCP_SOCKET *) { tx_event_flags_set(&events, RECEIVED, TX_OR); }
    static void on_disconnect(NX_TCP_SOCKET *) { tx_event_flags_set(&events, CLOSED, TX_OR); }
    void run() override
    {
        char name[] = "echo";
        errors += nx_tcp_socket_create(&ips[1], &socket_, name, NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 1000, NX_NULL, on_disconnect);
        errors += nx_tcp_socket_receive_notify(&socket_, on_receive);
        errors += nx_tcp_server_socket_listen(&ips[1], 7, &socket_, 5, on_connect);
        for (;;) {
            ULONG actual = 0;
            if (tx_event_flags_get(&events, CONNECTED | RECEIVED | CLOSED | DONE, TX_OR_CLEAR, &actual, TX_WAIT_FOREVER)) errors++;
            if (actual & CONNECTED) { say("connect"); nx_tcp_server_socket_accept(&socket_, NX_WAIT_FOREVER); }
            if (actual & RECEIVED) {
                NX_PACKET *packet = nullptr;
                while (nx_tcp_socket_receive(&socket_, &packet, NX_NO_WAIT) == NX_SUCCESS) {
                    say("data");
                    if (nx_tcp_socket_send(&socket_, packet, NX_NO_WAIT)) nx_packet_release(packet);
                }
            }
            if (actual & CLOSED) {
                say("close");
                nx_tcp_socket_disconnect(&socket_, NX_NO_WAIT);
                nx_tcp_server_socket_unaccept(&socket_);
                errors += nx_tcp_server_socket_relisten(&ips[1], 7, &socket_);
            }
            if (actual & DONE) {
                nx_tcp_server_socket_unlisten(&ips[1], 7);
                errors += nx_tcp_socket_delete(&socket_);
                return;
            }
        }
    }
private:
    NX_TCP_SOCKET socket_;
};

class Client : public Thread {
public:
    Client() : Thread("client", 5), socket_() {}
    void run() override
    {
        for (int round = 0; round < 3; round++) session();
        tx_event_flags_set(&events, DONE, TX_OR);
    }
private:
    void session()
    {
        NX_PACKET *packet = nullptr;
        errors += nx_tcp_socket_create(&ips[0], &socket_, (CHAR *)"c", NX_IP_NORMAL, NX_FRAGMENT_OKAY, NX_IP_TIME_TO_LIVE, 1000, NX_NULL, NX_NULL);
        errors += nx_tcp_client_socket_bind(&socket_, NX_ANY_PORT, NX_WAIT_FOREVER);
        errors += nx_tcp_client_socket_connect(&socket_, IP_ADDRESS(10, 0, 0, 2), 7, 500);
        errors += nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_WAIT_FOREVER);
        errors += nx_packet_data_append(packet, (VOID *)"abc", 3, &pool, NX_WAIT_FOREVER);
        errors += nx_tcp_socket_send(&socket_, packet, NX_WAIT_FOREVER);
        errors += nx_tcp_socket_receive(&socket_, &packet, 500);
        if (packet) { errors += packet->nx_packet_length != 3; nx_packet_release(packet); }
        nx_tcp_socket_disconnect(&socket_, 500);
        errors += nx_tcp_client_socket_unbind(&socket_);
        errors += nx_tcp_socket_delete(&socket_);
        tx_thread_sleep(5);
    }
    NX_TCP_SOCKET socket_;
};

}

extern "C" VOID tx_application_define(VOID *)
{
    using namespace app;
    nx_system_initialize();
    errors += nx_packet_pool_create(&pool, (CHAR *)"pool", 400, pool_area, sizeof pool_area);
    for (UINT i = 0; i < 2; i++) {
        errors += nx_ip_create(&ips[i], (CHAR *)"ip", IP_ADDRESS(10, 0, 0, 1 + i), 0xFFFFFF00UL, &pool, _nx_ram_network_driver, ip_stack[i], sizeof ip_stack[i], 1);
        errors += nx_arp_enable(&ips[i], arp[i], sizeof arp[i]);
        errors += nx_tcp_enable(&ips[i]);
    }
    errors += tx_mutex_create(&mutex, (CHAR *)"log", TX_INHERIT);
    errors += tx_event_flags_create(&events, (CHAR *)"events");
    static Server *server = new Server;
    static Client *client = new Client;
    errors += server->status + client->status;
}

int main()
{
    tx_kernel_enter();
    std::printf("%s errors %u\n", app::log_text.c_str(), app::errors);
    return app::errors || app::log_text != "connect data close connect data close connect data close ";
}
