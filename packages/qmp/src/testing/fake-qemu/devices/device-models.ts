// The devices of a PC in QEMU 11.1, by the bus that each goes on: what `-device help` lists, without CPUs.

/** Names of device models, by the type of their bus; `-` is for those that need none. */
const MODELS: Readonly<Record<string, string>> = {
  PCI: `
    AC97 acpi-erst am53c974 AMDVI-PCI ati-vga bochs-display cirrus-vga ctucan_pci cxl-downstream cxl-rp
    cxl-switch-mailbox-cci cxl-type3 cxl-upstream dc390 e1000 e1000-82544gc e1000-82545em e1000e edu ES1370 i6300esb
    i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801
    i82801b11-bridge ich9-ahci ich9-intel-hda ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2
    ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 igb intel-hda ioh3420 iommu-testdev ivshmem-doorbell
    ivshmem-plain kvaser_pci lsi53c810 lsi53c895a megasas megasas-gen2 mioe3680_pci mptsas1068 ne2k_pci nec-usb-xhci
    nvme pci-bridge pci-bridge-seat pci-ipmi-bt pci-ipmi-kcs pci-ohci pci-serial pci-serial-2x pci-serial-4x
    pci-testdev pcie-pci-bridge pcie-root-port pcm3680_pci pcnet piix3-ide piix3-usb-uhci piix4-ide piix4-usb-uhci
    pvpanic-pci pvscsi pxb pxb-cxl pxb-pcie qemu-xhci rocker rtl8139 sdhci-pci secondary-vga tpci200 tulip ufs
    usb-ehci vfio-pci vfio-pci-igd-lpc-bridge vfio-pci-nohotplug vfio-user-pci VGA vhost-scsi-pci
    vhost-scsi-pci-non-transitional vhost-scsi-pci-transitional vhost-user-blk-pci vhost-user-blk-pci-non-transitional
    vhost-user-blk-pci-transitional vhost-user-fs-pci vhost-user-gpio-pci vhost-user-gpu-pci vhost-user-i2c-pci
    vhost-user-input-pci vhost-user-rng-pci vhost-user-rtc-pci vhost-user-scsi-pci
    vhost-user-scsi-pci-non-transitional vhost-user-scsi-pci-transitional vhost-user-snd-pci vhost-user-spi-pci
    vhost-user-test-device-pci vhost-user-vga vhost-user-vsock-pci vhost-user-vsock-pci-non-transitional
    vhost-vdpa-device-pci vhost-vdpa-device-pci-non-transitional vhost-vdpa-device-pci-transitional vhost-vsock-pci
    vhost-vsock-pci-non-transitional virtio-9p-pci virtio-9p-pci-non-transitional virtio-9p-pci-transitional
    virtio-balloon-pci virtio-balloon-pci-non-transitional virtio-balloon-pci-transitional virtio-blk-pci
    virtio-blk-pci-non-transitional virtio-blk-pci-transitional virtio-crypto-pci virtio-gpu-pci virtio-input-host-pci
    virtio-iommu-pci virtio-keyboard-pci virtio-mem-pci virtio-mouse-pci virtio-multitouch-pci virtio-net-pci
    virtio-net-pci-non-transitional virtio-net-pci-transitional virtio-pmem-pci virtio-rng-pci
    virtio-rng-pci-non-transitional virtio-rng-pci-transitional virtio-rtc-pci virtio-scsi-pci
    virtio-scsi-pci-non-transitional virtio-scsi-pci-transitional virtio-serial-pci virtio-serial-pci-non-transitional
    virtio-serial-pci-transitional virtio-sound-pci virtio-tablet-pci virtio-vga vmware-svga vmxnet3 x-pci-proxy-dev
    x3130-upstream xen-platform xio3130-downstream
  `,
  'usb-bus': `
    u2f-passthru usb-audio usb-bot usb-braille usb-ccid usb-host usb-hub usb-kbd usb-mouse usb-mtp usb-net usb-redir
    usb-serial usb-storage usb-tablet usb-uas usb-wacom-tablet
  `,
  System: `
    amd-iommu intel-iommu ramfb uefi-vars-sysbus uefi-vars-x64 vmbus-bridge
  `,
  'sd-bus': `
    emmc sd-card sd-card-spi
  `,
  'floppy-bus': `
    floppy
  `,
  IDE: `
    ide-cd ide-cf ide-hd
  `,
  ISA: `
    adlib cs4231a gus hyperv-testdev i8042 ib700 isa-applesmc isa-cirrus-vga isa-debug-exit isa-debugcon isa-fdc
    isa-ide isa-ipmi-bt isa-ipmi-kcs isa-parallel isa-serial isa-vga mc146818rtc ne2k_isa pc-testdev pvpanic sb16
    tpm-tis vmmouse
  `,
  '-': `
    guest-loader hv-syndbg ipmi-bmc-extern ipmi-bmc-sim loader nvdimm nvme-subsys pc-dimm sp-mem tpm-crb vmclock
    vmcoreinfo vmgenid
  `,
  'nvme-bus': `
    nvme-ns
  `,
  SCSI: `
    scsi-block scsi-cd scsi-generic scsi-hd
  `,
  'virtio-bus': `
    vhost-scsi vhost-user-blk vhost-user-fs-device vhost-user-gpio-device vhost-user-gpu vhost-user-i2c-device
    vhost-user-input vhost-user-rng vhost-user-rtc vhost-user-scsi vhost-user-snd vhost-user-spi-device
    vhost-user-test-device vhost-user-vsock-device vhost-vdpa-device vhost-vsock-device virtio-9p-device
    virtio-balloon-device virtio-blk-device virtio-crypto-device virtio-gpu-device virtio-input-host-device
    virtio-iommu-device virtio-keyboard-device virtio-mem virtio-mouse-device virtio-multitouch-device
    virtio-net-device virtio-pmem virtio-rng-device virtio-rtc-device virtio-scsi-device virtio-serial-device
    virtio-sound-device virtio-tablet-device
  `,
  'xen-bus': `
    xen-cdrom xen-console xen-disk xen-net-device
  `,
  'ccid-bus': `
    ccid-card-emulated ccid-card-passthru
  `,
  IndustryPack: `
    ipoctal232
  `,
  'virtio-serial-bus': `
    virtconsole virtserialport
  `,
  HDA: `
    hda-duplex hda-micro hda-output
  `,
  vmbus: `
    hv-balloon
  `,
  'i2c-bus': `
    i2c-ddc i2c-echo smbus-ipmi
  `,
  'xen-sysbus': `
    xen-backend
  `,
  'nitro-vsock-bus': `
    nitro-heartbeat nitro-serial-vsock
  `,
  'ufs-bus': `
    ufs-lu
  `,
};

const NOT_HOTPLUGGABLE = `
  cxl-rp pxb pxb-cxl pxb-pcie vfio-pci-igd-lpc-bridge ich9-usb-ehci1 ich9-usb-ehci2 ich9-usb-uhci1 ich9-usb-uhci2
  ich9-usb-uhci3 ich9-usb-uhci4 ich9-usb-uhci5 ich9-usb-uhci6 pci-ohci piix3-ide piix4-ide ati-vga cirrus-vga VGA
  vhost-user-gpu-pci vhost-user-vga virtio-gpu-pci virtio-vga vmware-svga acpi-erst vfio-pci-nohotplug
  virtio-iommu-pci vmclock vmcoreinfo vmgenid ipmi-bmc-extern ipmi-bmc-sim sp-mem ramfb
`;

const ALIASES: Readonly<Record<string, string>> = {
  ahci: 'ich9-ahci',
  lsi: 'lsi53c895a',
  'virtio-9p': 'virtio-9p-pci',
  'virtio-blk': 'virtio-blk-pci',
  'virtio-scsi': 'virtio-scsi-pci',
  'e1000-82540em': 'e1000',
  'virtio-net': 'virtio-net-pci',
  'virtio-input-host': 'virtio-input-host-pci',
  'virtio-keyboard': 'virtio-keyboard-pci',
  'virtio-mouse': 'virtio-mouse-pci',
  'virtio-serial': 'virtio-serial-pci',
  'virtio-tablet': 'virtio-tablet-pci',
  'virtio-gpu': 'virtio-gpu-pci',
  ac97: 'AC97',
  es1370: 'ES1370',
  'virtio-sound': 'virtio-sound-pci',
  'virtio-balloon': 'virtio-balloon-pci',
  'virtio-iommu': 'virtio-iommu-pci',
  'virtio-rng': 'virtio-rng-pci',
};

const BUS_OF_MODEL: ReadonlyMap<string, string> = new Map(
  Object.entries(MODELS).flatMap(([bus, names]) => wordsOf(names).map((name) => [name, bus])),
);
const FIXED_MODELS: ReadonlySet<string> = new Set(wordsOf(NOT_HOTPLUGGABLE));

/** A kind of device. */
export interface DeviceModel {
  readonly name: string;
  /** The type of the bus that it goes on; `-` where it needs none. */
  readonly busType: string;
  readonly isHotpluggable: boolean;
}

/** The model of that name or alias, if there is one. */
export function findModel(nameOrAlias: string): DeviceModel | undefined {
  const name = ALIASES[nameOrAlias] ?? nameOrAlias;
  const busType = BUS_OF_MODEL.get(name);
  return busType === undefined ? undefined : { name, busType, isHotpluggable: !FIXED_MODELS.has(name) };
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
