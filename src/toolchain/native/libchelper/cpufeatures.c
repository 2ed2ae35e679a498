#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cpuid.h>
#include "amd64cpufeatures.h"

static uint64_t xgetbv0(void) {
    uint32_t lo, hi;
    __asm__ volatile(".byte 0x0f, 0x01, 0xd0" : "=a"(lo), "=d"(hi) : "c"(0));
    return ((uint64_t) hi << 32) | lo;
}

#define BIT(reg, n) (((reg) >> (n)) & 1u)

void determineCPUFeatures(CPUFeatures *f) {
    unsigned a, b, c, d, max, maxext;
    int ymm = 0, zmm = 0, apx = 0;

    memset(f, 0, sizeof *f);
    max = __get_cpuid_max(0, NULL);
    if (max < 1) {
        return;
    }
    __cpuid(1, a, b, c, d);
    f->fCX8 = BIT(d, 8);
    f->fCMOV = BIT(d, 15);
    f->fFXSR = BIT(d, 24);
    f->fHT = BIT(d, 28);
    f->fMMX = BIT(d, 23);
    f->fTSC = BIT(d, 4);
    f->fFLUSH = BIT(d, 19);
    f->fSSE = BIT(d, 25);
    f->fSSE2 = BIT(d, 26);
    f->fSSE3 = BIT(c, 0);
    f->fCLMUL = BIT(c, 1);
    f->fSSSE3 = BIT(c, 9);
    f->fSSE4_1 = BIT(c, 19);
    f->fSSE4_2 = BIT(c, 20);
    f->fPOPCNT = BIT(c, 23);
    f->fAES = BIT(c, 25);
    f->fHV = BIT(c, 31);
    if (BIT(c, 27)) { /* OSXSAVE: ask which register files the kernel saves */
        uint64_t x = xgetbv0();
        ymm = (x & 0x06) == 0x06;
        zmm = (x & 0xe6) == 0xe6;
        apx = (x >> 19) & 1;
    }
    if (ymm && BIT(c, 28)) {
        f->fAVX = 1;
        f->fVZEROUPPER = 1;
        f->fFMA = BIT(c, 12);
        f->fF16C = BIT(c, 29);
    }
    if (max >= 7) {
        unsigned sub, a1 = 0, b1 = 0, c1 = 0, d1 = 0;
        __cpuid_count(7, 0, sub, b, c, d);
        if (sub >= 1) {
            __cpuid_count(7, 1, a1, b1, c1, d1);
        }
        f->fBMI1 = BIT(b, 3);
        f->fBMI2 = BIT(b, 8);
        f->fERMS = BIT(b, 9);
        f->fRTM = BIT(b, 11);
        f->fADX = BIT(b, 19);
        f->fFLUSHOPT = BIT(b, 23);
        f->fCLWB = BIT(b, 24);
        f->fSHA = BIT(b, 29);
        f->fPKU = BIT(c, 3);
        f->fOSPKE = BIT(c, 4);
        f->fCET_SS = BIT(c, 7);
        f->fGFNI = BIT(c, 8);
        f->fRDPID = BIT(c, 22);
        f->fFSRM = BIT(d, 4);
        f->fSERIALIZE = BIT(d, 14);
        f->fCET_IBT = BIT(d, 20);
        if (f->fAVX) {
            f->fAVX2 = BIT(b, 5);
            f->fSHA512 = BIT(a1, 0);
            f->fAVX_IFMA = BIT(a1, 23);
        }
        if (zmm && f->fAVX2 && BIT(b, 16)) {
            f->fAVX512F = 1;
            f->fAVX512DQ = BIT(b, 17);
            f->fAVX512_IFMA = BIT(b, 21);
            f->fAVX512PF = BIT(b, 26);
            f->fAVX512ER = BIT(b, 27);
            f->fAVX512CD = BIT(b, 28);
            f->fAVX512BW = BIT(b, 30);
            f->fAVX512VL = BIT(b, 31);
            f->fAVX512_VBMI = BIT(c, 1);
            f->fAVX512_VBMI2 = BIT(c, 6);
            f->fAVX512_VAES = BIT(c, 9);
            f->fAVX512_VPCLMULQDQ = BIT(c, 10);
            f->fAVX512_VNNI = BIT(c, 11);
            f->fAVX512_BITALG = BIT(c, 12);
            f->fAVX512_VPOPCNTDQ = BIT(c, 14);
            f->fAVX512_FP16 = BIT(d, 23);
            if (BIT(d1, 19) && max >= 0x24) {
                unsigned a2, b2, c2, d2;
                __cpuid_count(0x24, 0, a2, b2, c2, d2);
                f->fAVX10_1 = (b2 & 0xff) >= 1;
                f->fAVX10_2 = (b2 & 0xff) >= 2;
            }
        }
        f->fAPX_F = apx && BIT(d1, 21);
    }
    maxext = __get_cpuid_max(0x80000000u, NULL);
    if (maxext >= 0x80000001u) {
        __cpuid(0x80000001u, a, b, c, d);
        f->fLZCNT = BIT(c, 5);
        f->fSSE4A = BIT(c, 6);
        f->fAMD_3DNOW_PREFETCH = BIT(c, 8);
        f->fRDTSCP = BIT(d, 27);
    }
    if (maxext >= 0x80000007u) {
        __cpuid(0x80000007u, a, b, c, d);
        f->fTSCINV_BIT = BIT(d, 8);
        f->fTSCINV = f->fTSCINV_BIT && !f->fHV;
    }
}

/*
 * A mask byte is 0xff, or 0xfe for a feature that the image was compiled to need.
 * Zero: all of them are there.
 */
int checkCPUFeatures(const unsigned char *mask) {
    CPUFeatures f;
    const unsigned char *have = (const unsigned char *) &f;
    size_t i;
    determineCPUFeatures(&f);
    for (i = 0; i < sizeof f; i++) {
        if ((have[i] | mask[i]) != 0xff) {
            return 1;
        }
    }
    return 0;
}

int checkCPUFeaturesOrExit(const unsigned char *mask, const char *message) {
    if (checkCPUFeatures(mask) != 0) {
        fputs(message, stderr);
        fflush(stderr);
        exit(1);
    }
    return 0;
}

void codeSynchronization_clearCache(uint64_t start, uint64_t end) {
    __builtin___clear_cache((char *) start, (char *) end);
}
