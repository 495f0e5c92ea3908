// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AgencyRegistry} from "../AgencyRegistry.sol";
import {AuthorityRegistry} from "../AuthorityRegistry.sol";
import {BatchAnchor} from "../BatchAnchor.sol";
import {CertificateCatalog} from "../CertificateCatalog.sol";
import {Directory} from "../Directory.sol";
import {RecognitionPolicy} from "../RecognitionPolicy.sol";
import {StatusRegistry} from "../StatusRegistry.sol";
import {IBatchAnchor} from "../interfaces/IBatchAnchor.sol";
import {ICertificateCatalog} from "../interfaces/ICertificateCatalog.sol";
import {IRegionalAuthority} from "../interfaces/IRegionalAuthority.sol";
import {Codes} from "./Codes.t.sol";
import {Deploy} from "./Deploy.t.sol";
import {vm} from "./Vm.t.sol";

/// @title A whole deployment with an authority for every level of Hainan, and two next door
abstract contract Deployment {
    uint24 internal constant COUNTRY = 0;
    uint24 internal constant HAINAN = 460000;
    uint24 internal constant SANYA = 460200;
    uint24 internal constant JIYANG = 460203;
    uint24 internal constant HAIKOU = 460100;
    uint24 internal constant GUANGDONG = 440000;

    uint64 internal constant NOW = 1_800_000_000;

    /// @dev What an appointment takes to come into effect.
    uint32 internal constant DELAY = 7 days;

    string internal constant BASIS = unicode"琼府办〔2026〕1号";

    address internal immutable NATION = _account("nation");
    address internal immutable PROVINCE = _account("province");
    address internal immutable CITY = _account("city");
    address internal immutable DISTRICT = _account("district");
    address internal immutable NEIGHBOUR_CITY = _account("neighbour city");
    address internal immutable NEIGHBOUR_PROVINCE = _account("neighbour province");
    address internal immutable OPERATOR = _account("operator");
    address internal immutable STRANGER = _account("stranger");

    bytes18 internal immutable AGENCY = Codes.complete("11460200MB1234567");
    bytes18 internal immutable OTHER_AGENCY = Codes.complete("11440000MB7654321");
    bytes21 internal immutable TYPE = Codes.typeCode("11100000000012345", "001");
    bytes21 internal immutable OTHER_TYPE = Codes.typeCode("11100000000012345", "002");

    AuthorityRegistry internal access;
    CertificateCatalog internal catalog;
    AgencyRegistry internal registry;
    BatchAnchor internal log;
    StatusRegistry internal statuses;
    RecognitionPolicy internal policy;
    Directory internal directory;

    /// @dev Everybody's appointment is in effect when a test starts.
    function setUp() public virtual {
        vm.warp(NOW - DELAY);
        _deploy();
        _appointAll();
        vm.warp(NOW);
    }

    /// @dev Deploys a generation that succeeds the one there is, if there is one. This is its administrator.
    function _deploy() internal {
        access = Deploy.authorityRegistry(address(this), DELAY);
        catalog = Deploy.certificateCatalog(access);
        registry = Deploy.agencyRegistry(access, catalog);
        log = Deploy.batchAnchor(registry, catalog);
        statuses = Deploy.statusRegistry(registry, log, statuses);
        policy = Deploy.recognitionPolicy(access);
        directory = Deploy.directory(_contracts(), directory, uint64(block.number));
    }

    /// @dev Deploys the next generation, freezes this one in its favour, and lets the agency issue there too.
    function _succeed() internal {
        (AuthorityRegistry ending, Directory ended) = (access, directory);
        _deploy();
        ending.freeze(ended, directory, BASIS);
        _appoint(NATION, COUNTRY);
        _startIssuing();
    }

    function _appointAll() internal {
        _appoint(NATION, COUNTRY);
        _appoint(PROVINCE, HAINAN);
        _appoint(CITY, SANYA);
        _appoint(DISTRICT, JIYANG);
        _appoint(NEIGHBOUR_CITY, HAIKOU);
        _appoint(NEIGHBOUR_PROVINCE, GUANGDONG);
    }

    /// @dev An agency of Sanya that may issue TYPE, with one operator.
    function _startIssuing() internal {
        _publish(TYPE);
        _register(AGENCY, SANYA);
        _entitle(AGENCY, TYPE);
        _employ(AGENCY, OPERATOR);
    }

    /// @dev In effect after DELAY; the first national authority is at once.
    function _appoint(address account, uint24 region) internal {
        if (region == COUNTRY) return access.appointNational(account, BASIS);
        vm.prank(NATION);
        access.appoint(region, account, BASIS);
    }

    function _publish(bytes21 certificateType) internal {
        vm.prank(NATION);
        catalog.publishType(certificateType, COUNTRY, _publication(), BASIS);
    }

    function _register(bytes18 agency, uint24 region) internal {
        vm.prank(NATION);
        registry.registerAgency(agency, region, unicode"三亚市市场监督管理局", NOW - 1, BASIS);
    }

    function _entitle(bytes18 agency, bytes21 certificateType) internal {
        vm.prank(NATION);
        registry.grantEntitlement(agency, certificateType, 0, 0, 4, BASIS);
    }

    function _employ(bytes18 agency, address account) internal {
        vm.prank(NATION);
        registry.addOperator(agency, account, 0, 0, BASIS);
    }

    function _anchor(address account, bytes32 root, uint40 size) internal {
        IBatchAnchor.Batch memory batch = _batch(root, size);
        vm.prank(account);
        log.anchor(TYPE, 1, 1, batch);
    }

    function _publication() internal pure returns (ICertificateCatalog.Publication memory) {
        string[] memory alwaysDisclosed = new string[](2);
        alwaysDisclosed[0] = "number";
        alwaysDisclosed[1] = "name";
        return
            ICertificateCatalog.Publication({
                schemaHash: keccak256("schema"),
                name: unicode"营业执照",
                nameEn: "Business licence",
                alwaysDisclosed: alwaysDisclosed,
                validity: "P10Y",
                effectiveFrom: NOW + 30,
                uri: "https://catalogue.example/001/1.json"
            });
    }

    function _batch(bytes32 root, uint40 size) internal pure returns (IBatchAnchor.Batch memory) {
        return IBatchAnchor.Batch(root, size, keccak256(abi.encode("manifest", root)));
    }

    function _expectUnauthorised(address account, uint24 region) internal {
        vm.expectRevert(
            abi.encodeWithSelector(
                IRegionalAuthority.RegionalAuthorityRequired.selector,
                account,
                region
            )
        );
    }

    /// @dev As the directory lists them.
    function _contracts() internal view returns (address[6] memory) {
        return
            [
                address(access),
                address(registry),
                address(catalog),
                address(log),
                address(statuses),
                address(policy)
            ];
    }

    function _account(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }
}
