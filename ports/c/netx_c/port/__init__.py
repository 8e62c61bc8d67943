"""Between C and the stack: services by name, structs and packets in memory, drivers and functions of C."""
