/*
 * The Java side is JDK 25, the C sources are those of JDK 26, the closest OpenJDK source package to be had: this
 * bridges the functions whose signature differs. jdk26_fstatat0 is the original, renamed by build-jdk-libs.
 */
#include <jni.h>

jint jdk26_fstatat0(JNIEnv *env, jclass c, jint dir, jlong path, jint flags, jobject attrs);

/* JDK 25 expects a UnixException, JDK 26 returns errno */
JNIEXPORT void JNICALL Java_sun_nio_fs_UnixNativeDispatcher_fstatat0(JNIEnv *env, jclass c, jint dir, jlong path,
                                                                      jint flags, jobject attrs) {
    jint err = jdk26_fstatat0(env, c, dir, path, flags, attrs);
    if (err != 0) {
        jclass type = (*env)->FindClass(env, "sun/nio/fs/UnixException");
        jmethodID init = type == NULL ? NULL : (*env)->GetMethodID(env, type, "<init>", "(I)V");
        jthrowable t = init == NULL ? NULL : (jthrowable) (*env)->NewObject(env, type, init, err);
        if (t != NULL) {
            (*env)->Throw(env, t);
        }
    }
}

/* The sockets direct protocol is gone from JDK 26: report "not supported". */
static void no_sdp(JNIEnv *env) {
    jclass type = (*env)->FindClass(env, "java/io/IOException");
    if (type != NULL) {
        (*env)->ThrowNew(env, type, "SDP is not supported");
    }
}

JNIEXPORT jint JNICALL Java_sun_net_sdp_SdpSupport_create0(JNIEnv *env, jclass c) {
    no_sdp(env);
    return -1;
}

JNIEXPORT void JNICALL Java_sun_net_sdp_SdpSupport_convert0(JNIEnv *env, jclass c, jint fd) {
    no_sdp(env);
}
