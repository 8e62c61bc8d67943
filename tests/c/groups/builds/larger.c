/* Three interfaces: their places in the instance, routing between them, and longer names. */

#include "check.h"
#include "nxd_pop3_client.h"

#define ROUTER IP_ADDRESS(10, 0, 0, 1)
#define NEAR   IP_ADDRESS(10, 0, 0, 2)
#define FAR    IP_ADDRESS(10, 2, 0, 2)

static TASK boss;
static NODE router, near_node, far_node;
static NX_POP3_CLIENT client;

static void places(void)
{
    NX_INTERFACE *link = router.ip.nx_ip_interface;
    CHAR *name = NULL;
    ULONG address = 0, mask = 0, flags = 9;
    UINT index;
    EQUAL(sizeof router.ip.nx_ip_interface / sizeof *link, 4);
    EQUAL(NX_LOOPBACK_INTERFACE, 3);
    for (index = 0; index < 3; index++)
    {
        EQUAL(link[index].nx_interface_index, index);
        EQUAL(link[index].nx_interface_valid, NX_TRUE);
        EQUAL(link[index].nx_interface_link_up, NX_TRUE);
        EQUAL(link[index].nx_interface_ip_address, IP_ADDRESS(10, index, 0, index ? 254 : 1));
        DONE(nx_ip_interface_info_get(&router.ip, index, &name, &address, &mask, NULL, NULL, NULL));
        SAME(name, link[index].nx_interface_name);
        EQUAL(address, link[index].nx_interface_ip_address);
        DONE(nx_ip_interface_capability_get(&router.ip, index, &flags));
        EQUAL(flags, link[index].nx_interface_capability_flag);
    }
    EQUAL(link[3].nx_interface_ip_address, IP_ADDRESS(127, 0, 0, 1));
    TEXT(link[2].nx_interface_name, "west");
    EQUAL(link[2].nx_interface_physical_address_lsw - link[0].nx_interface_physical_address_lsw, 2);
}

/* Between the first interface and the third; the wire takes four. */
static void through_the_router(void)
{
    NX_PACKET *response = NULL;
    DONE(nx_ip_interface_detach(&router.ip, 1));
    EQUAL(router.ip.nx_ip_interface[1].nx_interface_valid, NX_FALSE);
    EQUAL(router.ip.nx_ip_interface[2].nx_interface_valid, NX_TRUE);
    node_create(&near_node, "near", NEAR, _nx_ram_network_driver);
    node_create(&far_node, "far", FAR, _nx_ram_network_driver);
    node_wait(&near_node);
    node_wait(&far_node);
    DONE(nx_ip_gateway_address_set(&near_node.ip, ROUTER));
    DONE(nx_ip_gateway_address_set(&far_node.ip, IP_ADDRESS(10, 2, 0, 254)));
    EQUAL(nx_icmp_ping(&near_node.ip, FAR, (CHAR *)"far", 3, &response, 20), NX_NO_RESPONSE);
    DONE(nx_ip_forwarding_enable(&router.ip));
    DONE(nx_icmp_ping(&near_node.ip, FAR, (CHAR *)"far", 3, &response, 50));
    EQUAL(memcmp(response->nx_packet_prepend_ptr, "far", 3), 0);
    EQUAL(response->nx_packet_ip_header[8], NX_IP_TIME_TO_LIVE - 1);
    SAME(response->nx_packet_address.nx_packet_interface_ptr, &near_node.ip.nx_ip_interface[0]);
    DONE(nx_packet_release(response));
    node_delete(&near_node);
    node_delete(&far_node);
}

static void long_names(void)
{
    static const char name[] = "a.name.of.more.than.forty.characters.is.not.too.long.here";
    EQUAL(sizeof client.nx_pop3_client_name, 65);
    EQUAL(sizeof client.nx_pop3_client_password, 34);
    /* Nobody listens. */
    EQUAL(nx_pop3_client_create(&client, NX_FALSE, &router.ip, &router.pool, ROUTER, 110, (CHAR *)name,
                                (CHAR *)"thirty.characters.of.password"),
          NX_NOT_CONNECTED);
    EQUAL(client.nx_pop3_client_tcp_socket.nx_tcp_socket_rx_window_default, 8000);
    /* A create that failed leaves its socket. */
    DONE(nx_tcp_client_socket_unbind(&client.nx_pop3_client_tcp_socket));
    DONE(nx_tcp_socket_delete(&client.nx_pop3_client_tcp_socket));
}

static VOID boss_entry(ULONG input)
{
    (void)input;
    DONE(nx_ip_interface_attach(&router.ip, (CHAR *)"east", IP_ADDRESS(10, 1, 0, 254), NODE_MASK,
                                _nx_ram_network_driver));
    DONE(nx_ip_interface_attach(&router.ip, (CHAR *)"west", IP_ADDRESS(10, 2, 0, 254), NODE_MASK,
                                _nx_ram_network_driver));
    EQUAL(nx_ip_interface_attach(&router.ip, (CHAR *)"more", IP_ADDRESS(10, 3, 0, 254), NODE_MASK,
                                 _nx_ram_network_driver),
          NX_NO_MORE_ENTRIES);
    node_wait(&router);
    tx_thread_sleep(2);
    places();
    long_names();
    through_the_router();
    node_delete(&router);
}

GROUP(larger)
{
    nx_system_initialize();
    node_create(&router, "router", ROUTER, _nx_ram_network_driver);
    task_start(&boss, "boss", boss_entry, 0, 10);
}
