package dev.adit.nativeimage;

/**
 * One mapping of this process, as proc_pid_smaps(5) shows it.
 *
 * @param permissions such as {@code r-xp}
 * @param writtenBytes of pages that the process has copied by writing to them; they are nowhere but in memory
 */
record Mapping(long start, long end, String permissions, String file, long residentBytes, long writtenBytes) {

    /** Whether it is a read-only part of that file whose every page can be read from it again. */
    boolean isUntouched(String path) {
        return file.equals(path) && permissions.startsWith("r-") && writtenBytes == 0;
    }
}
