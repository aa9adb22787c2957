/** Commands that articles show at a prompt. A line such as `# Build the kernel` begins with none of them. */
export const commandNames: ReadonlySet<string> = new Set(
  (
    'apt apt-get apk awk bash brew bunzip2 cargo cat cd chgrp chmod chown chroot cmake cp crontab curl date dd ' +
    'debootstrap depmod df diff dmesg dnf docker docker-compose dpkg du echo emacs env exit export fdisk file find ' +
    'gcc gdb gem getconf git go grep groupadd grub-install gunzip gzip head hg hostname ifconfig insmod ip iptables ' +
    'journalctl kill kubeadm kubectl ldconfig ldd less ln ls lsb_release lscpu lsmod make man mkdir mkfs mkinitramfs ' +
    'modprobe mount mv nano nc netstat node npm npx nproc objdump openssl pacman passwd patch ping pip pip3 ps pwd ' +
    'python python2 python3 readelf reboot rm rmdir rsync rustup schroot scp sed service sh snap sort source ssh ' +
    'strace su sudo svn swapon sysctl systemctl tail tar tee time top touch umount uname unzip update-grub useradd ' +
    'vi vim virsh wget which xargs xz yum zcat zypper'
  ).split(' '),
)
