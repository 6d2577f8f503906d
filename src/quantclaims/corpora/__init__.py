"""The same extraction over corpora of any size: readers, one kernel, engines that run it, runs that resume."""
