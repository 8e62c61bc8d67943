#include "md5.h"

#include "bytes.h"

enum { STEPS = 64, STEPS_PER_ROUND = 16, LENGTH_AT = MD5_BLOCK - 8 };

/* The RFC's T: 2**32 times the absolute sine of 1, 2, ... 64. */
static const uint32_t sines[STEPS] = {
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
    0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
    0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
    0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
    0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
};

/* How far each step of a round rotates, four steps in turn. */
static const uint8_t rotations[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

/* Which word of the block a step takes: start, and how far on each time. */
static const uint8_t orders[4][2] = {{0, 1}, {1, 5}, {5, 3}, {0, 7}};

static uint32_t mix(unsigned round, uint32_t b, uint32_t c, uint32_t d)
{
    switch (round) {
    case 0:
        return (b & c) | (~b & d);
    case 1:
        return (b & d) | (c & ~d);
    case 2:
        return b ^ c ^ d;
    default:
        return c ^ (b | ~d);
    }
}

static uint32_t get32_little(const uint8_t *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static void put32_little(uint8_t *at, uint32_t value)
{
    for (unsigned byte = 0; byte < 4; byte++)
        at[byte] = (uint8_t)(value >> 8 * byte);
}

static void digest_block(struct md5 *md5)
{
    uint32_t a = md5->words[0], b = md5->words[1], c = md5->words[2], d = md5->words[3];
    for (unsigned step = 0; step < STEPS; step++) {
        unsigned round = step / STEPS_PER_ROUND, turn = rotations[round][step % 4];
        unsigned word = (orders[round][0] + orders[round][1] * step) % STEPS_PER_ROUND;
        uint32_t sum = a + mix(round, b, c, d) + get32_little(md5->block + 4 * word) + sines[step];
        a = d;
        d = c;
        c = b;
        b += sum << turn | sum >> (32 - turn);
    }
    md5->words[0] += a;
    md5->words[1] += b;
    md5->words[2] += c;
    md5->words[3] += d;
}

void md5_begin(struct md5 *md5)
{
    static const uint32_t initial[4] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
    memcpy(md5->words, initial, sizeof initial);
    md5->size = 0;
}

void md5_add(struct md5 *md5, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    while (size-- > 0) {
        md5->block[md5->size++ % MD5_BLOCK] = *bytes++;
        if (md5->size % MD5_BLOCK == 0)
            digest_block(md5);
    }
}

void md5_end(struct md5 *md5, uint8_t digest[MD5_DIGEST])
{
    static const uint8_t mark = 0x80, nothing = 0;
    uint64_t bits = 8 * md5->size;
    uint8_t length[8];
    put32_little(length, (uint32_t)bits);
    put32_little(length + 4, (uint32_t)(bits >> 32));
    md5_add(md5, &mark, 1);
    while (md5->size % MD5_BLOCK != LENGTH_AT)
        md5_add(md5, &nothing, 1);
    md5_add(md5, length, sizeof length);
    for (unsigned word = 0; word < 4; word++)
        put32_little(digest + 4 * word, md5->words[word]);
}
