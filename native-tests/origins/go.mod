module dev.adit/origins

go 1.26
